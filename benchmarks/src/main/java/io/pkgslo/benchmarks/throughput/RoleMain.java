// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks.throughput;

import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The process of one role: says that it is ready, works until the topic is done, and writes what it
 * used. Ends when its standard input does.
 */
final class RoleMain {
  static final String READY = "READY";

  private static volatile boolean finished;

  private RoleMain() {}

  public static void main(String[] args) throws Exception {
    RoleArguments arguments = RoleArguments.parse(args);
    // Outside of a Quarkus application its log manager takes everything and keeps it for later:
    // Kafka's clients would format what they trace. Services log from INFO on, Kafka from WARN.
    Logger.getLogger("").setLevel(Level.WARNING);
    Thread watch = new Thread(RoleMain::endWithParent, "parent");
    watch.setDaemon(true);
    watch.start();
    Measurement measured =
        switch (arguments.role()) {
          case BARE, BARE_BUFFER, GENERATED -> new BareRole(arguments).run();
          case INGEST -> new IngestRole(arguments).run();
          case ANALYZER -> new AnalyzerRole(arguments).run();
        };
    finished = true;
    System.out.println(measured.toLine());
    // Threads that were left open must not keep the next run waiting; flight recordings are kept.
    System.exit(0);
  }

  private static void endWithParent() {
    try {
      while (System.in.read() >= 0) {
        // Nothing is said there.
      }
    } catch (IOException e) {
      // The parent is gone.
    }
    if (!finished) {
      Runtime.getRuntime().halt(1);
    }
  }
}

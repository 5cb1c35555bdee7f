// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.broker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * The child process: one broker until it is told to stop.
 *
 * <p>Prints {@code listening on 127.0.0.1:PORT} on standard output once it takes requests, and
 * nothing else there. Stops on SIGTERM, and with {@code --stop-with-stdin} when its standard input
 * ends, which happens however the parent dies: no orphan keeps the data directory. Exit codes: 0
 * stopped as told, 2 bad arguments, 3 did not start.
 */
final class BrokerMain {
  static final String READY_PREFIX = "listening on ";

  private static final int EXIT_BAD_ARGUMENTS = 2;
  private static final int EXIT_NOT_STARTED = 3;

  /** The broker of a killed parent needs a moment to stop before its successor can take over. */
  private static final Duration LOCK_WAIT = Duration.ofSeconds(20);

  /** Beyond this a hanging shutdown is cut off; Kafka recovers its log at the next start. */
  private static final long STOP_WITHIN_MILLIS = 15_000;

  private BrokerMain() {}

  /** Runs until SIGTERM or the end of standard input. */
  public static void main(String[] args) throws InterruptedException {
    BrokerArguments arguments;
    EmbeddedKafka kafka;
    try {
      arguments = BrokerArguments.parse(args);
    } catch (IllegalArgumentException e) {
      System.err.println("broker: " + e.getMessage());
      System.err.println(BrokerArguments.USAGE);
      System.exit(EXIT_BAD_ARGUMENTS);
      return;
    }
    if (arguments.stopWithStdin()) {
      // Before the broker starts: a parent may die while it does.
      stopWithStdin(System.in);
    }
    try {
      kafka = start(arguments);
    } catch (BrokerException e) {
      System.err.println("broker: " + e.getMessage());
      System.exit(EXIT_NOT_STARTED);
      return;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(kafka::close, "broker-stop"));
    System.out.println(READY_PREFIX + kafka.bootstrapServers());
    // The shutdown hook ends the process; Kafka's own threads would not keep it alive reliably.
    new CountDownLatch(1).await();
  }

  private static EmbeddedKafka start(BrokerArguments arguments) {
    EmbeddedKafka.Builder builder =
        EmbeddedKafka.builder(arguments.dataDir())
            .ownJvm()
            .port(arguments.port())
            .lockWait(LOCK_WAIT);
    arguments.properties().forEach(builder::property);
    return builder.start();
  }

  private static void stopWithStdin(InputStream in) {
    daemon(
        "parent-watch",
        () -> {
          awaitEnd(in);
          daemon("stop-limit", BrokerMain::haltLate);
          System.exit(0);
        });
  }

  private static void awaitEnd(InputStream in) {
    try {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // A broken pipe is an end too.
    }
  }

  private static void haltLate() {
    try {
      Thread.sleep(STOP_WITHIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(0);
  }

  private static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }
}

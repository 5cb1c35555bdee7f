// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks.start;

import io.pkgslo.broker.BrokerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** Starts every service again and again, on a Kafka that is there, and prints medians. */
final class Start {
  private static final List<String> SERVICES = List.of("ingest", "analyzer", "alerts");
  private static final int FIRST_WITH_AOT_CACHE = 25;

  private final Path home;
  private final Path directory;
  private final int runs;

  private Start(Path home, Path directory, int runs) {
    this.home = home;
    this.directory = directory;
    this.runs = runs;
  }

  /**
   * @param args {@code HOME RUNS}
   */
  public static void main(String[] args) throws Exception {
    if (args.length != 2) {
      System.err.println("usage: HOME RUNS");
      System.exit(2);
    }
    Path directory = Files.createTempDirectory("pkgslo-start");
    try {
      new Start(Path.of(args[0]), directory, Integer.parseInt(args[1])).run();
    } finally {
      delete(directory);
    }
  }

  private void run() throws Exception {
    System.out.printf(
        "%s %s; seconds from the start of the process to the first 200 from /metrics%n",
        System.getProperty("java.vm.name"), Runtime.version());
    try (BrokerProcess broker = BrokerProcess.builder(directory.resolve("broker")).start()) {
      for (String service : SERVICES) {
        measure(service, broker.bootstrapServers());
      }
    }
  }

  private void measure(String service, String kafka) throws IOException, InterruptedException {
    ServiceStart starts = new ServiceStart(home, service, kafka, directory);
    // The first one creates topics and reads the jars from the disk.
    starts.seconds(List.of());
    report(service, "", starts, List.of());
    if (Runtime.version().feature() >= FIRST_WITH_AOT_CACHE) {
      Path cache = directory.resolve(service + ".aot");
      starts.seconds(List.of("-XX:AOTCacheOutput=" + cache));
      report(service, "AOT cache", starts, List.of("-XX:AOTCache=" + cache));
    }
  }

  private void report(String service, String how, ServiceStart starts, List<String> options)
      throws IOException, InterruptedException {
    double[] seconds = new double[runs];
    for (int i = 0; i < runs; i++) {
      seconds[i] = starts.seconds(options);
    }
    double[] sorted = DoubleStream.of(seconds).sorted().toArray();
    System.out.printf(
        Locale.ROOT,
        "%-10s %-10s median %.2f, %.2f to %.2f, of %d%n",
        service,
        how,
        sorted[runs / 2],
        sorted[0],
        sorted[runs - 1],
        runs);
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> tree = Files.walk(directory)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks.throughput;

import io.pkgslo.benchmarks.load.TopicFiller.Filled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** {@code benchmarks/run quick}, {@code full}, {@code flat} and {@code signals}. */
final class Throughput {
  /** What every measured JVM runs with. */
  private static final List<String> JVM_OPTIONS =
      List.of(
          "-Xms4g",
          "-Xmx4g",
          "-XX:+UseParallelGC",
          "-XX:+ExitOnOutOfMemoryError",
          "-XX:-UseDynamicNumberOfCompilerThreads",
          "-Djava.util.logging.manager=org.jboss.logmanager.LogManager");

  private static final int BAD_ARGUMENTS = 2;

  private final Options options;
  private final List<Results> results = new ArrayList<>();
  private final Map<String, Double> collectorCpu = new TreeMap<>();

  private Throughput(Options options) {
    this.options = options;
  }

  public static void main(String[] args) throws IOException {
    Options options;
    try {
      options = Options.parse(args);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.println(Options.USAGE);
      System.exit(BAD_ARGUMENTS);
      return;
    }
    new Throughput(options).run();
  }

  private void run() throws IOException {
    List<String> jvmOptions = jvmOptions();
    Map<String, String> machine = Machine.describe(jvmOptions);
    for (Workload workload : options.workloads()) {
      measure(workload, jvmOptions);
    }
    Report report = new Report(machine, results, collectorCpu);
    System.out.println(options.json() ? report.json() : report.text());
  }

  private List<String> jvmOptions() throws IOException {
    List<String> all = new ArrayList<>(JVM_OPTIONS);
    String more = System.getProperty("pkgslo.benchmark.jvm", "");
    if (!more.isBlank()) {
      all.addAll(List.of(more.strip().split("\\s+")));
    }
    Path profile = options.profile();
    if (profile != null) {
      // A recording is named after its process in a directory that exists, else after the argument.
      Files.createDirectories(profile);
      all.add(
          "-XX:StartFlightRecording=settings=profile,filename=" + profile.toAbsolutePath() + "/");
    }
    return all;
  }

  private void measure(Workload workload, List<String> jvmOptions) throws IOException {
    Path directory = Files.createTempDirectory("pkgslo-benchmark");
    try (Session session =
        new Session(workload, options.home(), directory, jvmOptions, Throughput::say)) {
      Filled filled = session.fill();
      results.add(session.measure(filled, options.analyzer()));
      measureCollector(workload, session, filled, directory);
    } finally {
      delete(directory);
    }
  }

  /** Median over as many runs as the others have; only where a Collector was built. */
  private void measureCollector(Workload workload, Session session, Filled filled, Path directory)
      throws IOException {
    Path binary = options.collector();
    if (binary == null || workload.traffic().signal() != Signal.SPANS) {
      return;
    }
    CollectorRun collector =
        new CollectorRun(
            binary, options.home(), session.bootstrapServers(), directory.resolve("collector.log"));
    double[] runs = new double[workload.runs()];
    try {
      for (int i = 0; i < runs.length; i++) {
        say(workload.name() + ": Collector, run " + (i + 1));
        runs[i] = collector.cpuPerMillionSpans(workload.warmSpans(), filled.items(), i);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    Arrays.sort(runs);
    collectorCpu.put(workload.name(), runs[runs.length / 2]);
  }

  private static void say(String what) {
    System.err.println("benchmark: " + what);
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> tree = Files.walk(directory)) {
      tree.sorted(Comparator.reverseOrder())
          .forEach(
              path -> {
                try {
                  Files.delete(path);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks.throughput;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * A Collector with the span metrics connector on the topic of a workload: what a team would run
 * instead. It is done when its exposition counts every span.
 */
final class CollectorRun {
  private static final String CALLS = "traces_span_metrics_calls_total{";
  private static final long INTERVAL_MILLIS = 250;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int HTTP_OK = 200;

  private final Path binary;
  private final Path config;
  private final String bootstrap;
  private final Path log;

  /**
   * @param log takes what it says
   */
  CollectorRun(Path binary, Path home, String bootstrap, Path log) {
    this.binary = binary;
    this.config = home.resolve("benchmarks/collector/collector.yaml");
    this.bootstrap = bootstrap;
    this.log = log;
  }

  /** CPU seconds per million spans from {@code warmSpans} on. */
  double cpuPerMillionSpans(long warmSpans, long spans, int run)
      throws IOException, InterruptedException {
    String endpoint = "127.0.0.1:" + freePort();
    ProcessBuilder builder = new ProcessBuilder(binary.toString(), "--config", config.toString());
    builder
        .environment()
        .putAll(
            Map.of(
                "KAFKA_BROKERS",
                bootstrap,
                "KAFKA_GROUP",
                "collector-" + run,
                "METRICS_ENDPOINT",
                endpoint));
    Process process =
        builder
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    try {
      URI metrics = URI.create("http://" + endpoint + "/metrics");
      Progress warm = await(process, metrics, warmSpans);
      Progress end = await(process, metrics, spans);
      return end.cpu().minus(warm.cpu()).toMillis() / 1e3 / (end.spans() - warm.spans()) * 1e6;
    } finally {
      process.destroy();
      process.waitFor();
    }
  }

  private record Progress(double spans, Duration cpu) {}

  private static Progress await(Process process, URI metrics, long wanted)
      throws IOException, InterruptedException {
    for (long waited = 0; waited < PATIENCE.toMillis(); waited += INTERVAL_MILLIS) {
      if (!process.isAlive()) {
        throw new IOException("the Collector ended; its log says why");
      }
      double spans = spans(metrics);
      if (spans >= wanted) {
        return new Progress(spans, process.info().totalCpuDuration().orElse(Duration.ZERO));
      }
      Thread.sleep(INTERVAL_MILLIS);
    }
    throw new IOException("the Collector did not count " + wanted + " spans in " + PATIENCE);
  }

  /** Sum of all call counters; 0 while nobody answers. */
  private static double spans(URI metrics) {
    try {
      HttpURLConnection connection = (HttpURLConnection) metrics.toURL().openConnection();
      if (connection.getResponseCode() != HTTP_OK) {
        return 0;
      }
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
        return lines
            .lines()
            .filter(line -> line.startsWith(CALLS))
            .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
            .sum();
      }
    } catch (IOException e) {
      return 0;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}

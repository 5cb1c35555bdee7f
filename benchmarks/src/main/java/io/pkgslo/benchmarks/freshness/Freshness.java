// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks.freshness;

import io.pkgslo.benchmarks.gates.Application;
import io.pkgslo.benchmarks.load.LiveSpans;
import io.pkgslo.benchmarks.load.SyntheticSpans;
import io.pkgslo.platform.KafkaSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** {@code benchmarks/run freshness}: see docs/performance.md. */
public final class Freshness {
  private static final Duration WARM_UP = Duration.ofSeconds(60);
  private static final Duration BETWEEN_PROBES = Duration.ofMillis(50);
  private static final Duration BETWEEN_SCRAPES = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String COUNTER = "go_package_calls_total";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Application application;
  private final Probes probes;
  private final LiveSpans load;

  private Freshness(Application application, Probes probes, LiveSpans load) {
    this.application = application;
    this.probes = probes;
    this.load = load;
  }

  /** Arguments: home, spans per second, seconds. */
  public static void main(String... args) throws Exception {
    Path directory = Files.createTempDirectory("pkgslo-freshness");
    try (Application application = Application.start(Path.of(args[0]), directory);
        Producer<byte[], byte[]> producer = producer(application.kafka())) {
      Clock clock = Clock.systemUTC();
      LiveSpans load =
          new LiveSpans(
              producer,
              SyntheticSpans.records(new SyntheticSpans.Shape(10, 1, 100, 10)),
              Integer.parseInt(args[1]),
              clock);
      Probes probes = new Probes(producer, BETWEEN_PROBES, clock);
      new Freshness(application, probes, load).run(Duration.ofSeconds(Integer.parseInt(args[2])));
    }
  }

  private static Producer<byte[], byte[]> producer(String kafka) {
    return new KafkaProducer<>(
        KafkaSettings.of(kafka)
            .with(
                Map.of(
                    ProducerConfig.ACKS_CONFIG,
                    "all",
                    ProducerConfig.LINGER_MS_CONFIG,
                    0,
                    ProducerConfig.COMPRESSION_TYPE_CONFIG,
                    "lz4")),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private void run(Duration duration) throws IOException, InterruptedException {
    Thread loading = new Thread(load, "load");
    Thread probing = new Thread(probes, "probes");
    loading.start();
    probing.start();
    System.err.printf("benchmark: %d s to warm up%n", WARM_UP.toSeconds());
    scrapeFor(WARM_UP);
    long before = load.taken();
    Duration cpuBefore = application.cpu();
    probes.warm();
    scrapeFor(duration);
    double spans = load.taken() - before;
    double cpuSeconds = application.cpu().minus(cpuBefore).toMillis() / 1e3;
    probing.interrupt();
    probing.join();
    awaitLast();
    loading.interrupt();
    loading.join();
    System.out.printf(
        Locale.ROOT,
        "%.0f spans/s of 1,000 packages for %d s, %.2f CPU s/M with the broker and all scrapes%n",
        spans / duration.toSeconds(),
        duration.toSeconds(),
        cpuSeconds / (spans / 1e6));
    System.out.println("record on otlp_spans to /metrics  " + probes.times());
  }

  private void scrapeFor(Duration duration) throws IOException, InterruptedException {
    long end = System.nanoTime() + duration.toNanos();
    while (System.nanoTime() < end) {
      scrape();
      TimeUnit.NANOSECONDS.sleep(BETWEEN_SCRAPES.toNanos());
    }
  }

  private void awaitLast() throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (probes.missing() > 0) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(probes.missing() + " probes never came to /metrics");
      }
      scrape();
      TimeUnit.NANOSECONDS.sleep(BETWEEN_SCRAPES.toNanos());
    }
  }

  private void scrape() throws IOException, InterruptedException {
    URI uri =
        application.http().resolve("metrics?name%5B%5D=" + COUNTER + "&service=" + Probes.SERVICE);
    String text = http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    long now = System.nanoTime();
    double count =
        text.lines()
            .filter(line -> line.startsWith(COUNTER + "{"))
            .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
            .sum();
    probes.counted(Math.round(count), now);
  }
}

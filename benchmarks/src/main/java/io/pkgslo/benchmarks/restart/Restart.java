// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks.restart;

import io.pkgslo.broker.BrokerProcess;
import io.pkgslo.model.Topics;
import io.pkgslo.model.wire.Objective;
import io.pkgslo.platform.KafkaSettings;
import io.pkgslo.platform.TopicAdmin;
import io.pkgslo.platform.TopicPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * {@code benchmarks/run restart}. The first run in a directory writes 30 days of observations, and
 * its analyzer counts them. This and every further run kills an analyzer on that directory and
 * measures the next one, then stops that and measures the next.
 */
final class Restart {
  private static final int PARTITIONS = 4;
  private static final int BROKER_HEAP_MEBIBYTES = 512;
  private static final int LARGEST_REQUEST = 8 << 20;
  private static final int SCRAPES = 5;
  private static final long MONTH_SECONDS = 30 * 86_400;
  private static final long TEN_SECONDS_MILLIS = 10_000;
  private static final Duration KAFKA_TIMEOUT = Duration.ofSeconds(30);

  private final Path home;
  private final Path directory;
  private final int subjects;
  private final String heap;

  private Restart(Path home, Path directory, int subjects, String heap) {
    this.home = home;
    this.directory = directory;
    this.subjects = subjects;
    this.heap = heap;
  }

  /**
   * @param args {@code HOME DIRECTORY SUBJECTS HEAP}
   */
  public static void main(String[] args) throws Exception {
    if (args.length != 4) {
      System.err.println("usage: HOME DIRECTORY SUBJECTS HEAP");
      System.exit(2);
    }
    new Restart(Path.of(args[0]), Path.of(args[1]), Integer.parseInt(args[2]), args[3]).run();
  }

  private void run() throws Exception {
    Files.createDirectories(directory);
    Path calls = directory.resolve("calls-" + subjects);
    try (BrokerProcess broker =
        BrokerProcess.builder(directory.resolve("broker"))
            .heapMebibytes(BROKER_HEAP_MEBIBYTES)
            .start()) {
      if (!Files.exists(calls)) {
        Files.writeString(calls, Long.toString(fill(broker.bootstrapServers())));
      }
      measure(broker.bootstrapServers(), Long.parseLong(Files.readString(calls)));
    }
  }

  private AnalyzerApplication start(String bootstrapServers) throws IOException {
    return AnalyzerApplication.start(home, directory, bootstrapServers, PARTITIONS, heap);
  }

  /** Returns how many calls there are. */
  private long fill(String bootstrapServers) throws Exception {
    say("writing 30 days of " + subjects + " subjects");
    long begin = System.nanoTime();
    KafkaSettings kafka = KafkaSettings.of(bootstrapServers);
    new TopicAdmin(kafka, KAFKA_TIMEOUT).ensure(TopicPlan.of(PARTITIONS));
    long now = Clock.systemUTC().millis() / TEN_SECONDS_MILLIS * TEN_SECONDS_MILLIS;
    PastObservations past = new PastObservations(PARTITIONS, subjects, now);
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            kafka.with(
                Map.of(
                    ProducerConfig.ACKS_CONFIG, "all",
                    ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4",
                    ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_REQUEST)),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (Objective objective : objectives()) {
        byte[] id = objective.getId().getBytes(StandardCharsets.UTF_8);
        sent.add(
            producer.send(new ProducerRecord<>(Topics.OBJECTIVES, 0, id, objective.toByteArray())));
      }
      past.forEach(
          (partition, block) ->
              sent.add(
                  producer.send(
                      new ProducerRecord<>(Topics.OBSERVATIONS, partition, now, null, block))));
    }
    awaitAll(sent);
    say(String.format(Locale.ROOT, "written in %.0f s", secondsSince(begin)));
    return past.calls();
  }

  private static void awaitAll(List<Future<RecordMetadata>> sent)
      throws IOException, InterruptedException {
    for (Future<RecordMetadata> record : sent) {
      try {
        record.get();
      } catch (ExecutionException e) {
        throw new IOException("Kafka did not take a record: " + e.getMessage(), e);
      }
    }
  }

  /** The built-in ones, but over 30 days. */
  private static List<Objective> objectives() {
    Objective.Builder panics =
        Objective.newBuilder()
            .setId("panic-rate")
            .setSli(Objective.Sli.PANIC_RATE)
            .setTarget("0.99997")
            .setPeriodSeconds(MONTH_SECONDS);
    Objective.Builder availability =
        panics.clone().setId("availability").setSli(Objective.Sli.AVAILABILITY).setTarget("0.999");
    Objective.Builder inits =
        panics
            .clone()
            .setId("init-latency")
            .setSli(Objective.Sli.INIT_LATENCY)
            .setTarget("0.95")
            .setThresholdNanos(120_000_000);
    return List.of(panics.build(), availability.build(), inits.build());
  }

  private void measure(String bootstrapServers, long calls) throws Exception {
    AnalyzerApplication victim = start(bootstrapServers);
    victim.awaitCalls(calls);
    say(String.format(Locale.ROOT, "counted in %.0f s", victim.secondsSinceStart()));
    victim.kill();
    try (AnalyzerApplication again = start(bootstrapServers)) {
      report("after a kill, from the changelog", again, calls);
      for (int i = 0; i < SCRAPES; i++) {
        double cpu = again.cpuSeconds();
        report("scrape", again.scrape(""), again.cpuSeconds() - cpu);
      }
      double cpu = again.cpuSeconds();
      report(
          "scrape of one service",
          again.scrape("?service=shop/service-7"),
          again.cpuSeconds() - cpu);
      System.out.printf(
          Locale.ROOT,
          "heap in use after a collection: %d MiB of %s; at most resident: %d MiB%n",
          again.usedHeapMebibytes(),
          heap,
          again.peakResidentMebibytes());
    }
    try (AnalyzerApplication again = start(bootstrapServers)) {
      report("after a stop, from its files", again, calls);
    }
  }

  private static void report(String what, AnalyzerApplication analyzer, long calls)
      throws IOException, InterruptedException {
    analyzer.awaitCalls(calls);
    Scrape first = analyzer.scrape("");
    if (first.calls() != calls) {
      throw new IOException("the first scrape has " + first.calls() + " calls of " + calls);
    }
    System.out.printf(
        Locale.ROOT,
        "restart %s: %.1f s from the start of the process to the end of the first correct scrape,"
            + " %.1f s of processor time%n",
        what,
        analyzer.secondsSinceStart(),
        analyzer.cpuSeconds());
  }

  private static void report(String what, Scrape scrape, double cpuSeconds) {
    System.out.printf(
        Locale.ROOT,
        "%s: %,d lines, %d MiB in %.2f s, %.2f s of processor time; %.2f s per million lines%n",
        what,
        scrape.lines(),
        scrape.bytes() >> 20,
        scrape.seconds(),
        cpuSeconds,
        scrape.seconds() * 1e6 / scrape.lines());
  }

  private static double secondsSince(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }

  private static void say(String what) {
    System.err.println("benchmark: " + what);
  }
}

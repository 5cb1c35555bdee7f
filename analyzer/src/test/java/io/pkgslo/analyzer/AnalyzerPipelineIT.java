// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pkgslo.analyzer.sli.TestObjectives;
import io.pkgslo.broker.EmbeddedKafka;
import io.pkgslo.model.DegradeCheck;
import io.pkgslo.model.FixedPoint;
import io.pkgslo.model.Topics;
import io.pkgslo.model.wire.LogBlock;
import io.pkgslo.model.wire.Objective;
import io.pkgslo.model.wire.ProcessBlock;
import io.pkgslo.model.wire.Progress;
import io.pkgslo.model.wire.SliBlock;
import io.pkgslo.model.wire.SliBucket;
import io.pkgslo.model.wire.SpanBlock;
import io.pkgslo.model.wire.SubjectState;
import io.pkgslo.platform.KafkaSettings;
import io.pkgslo.platform.TopicAdmin;
import io.pkgslo.platform.TopicPlan;
import io.pkgslo.testing.Accounts;
import io.prometheus.client.CollectorRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The analyzer on a real broker: exactly once, also when it is killed. */
class AnalyzerPipelineIT {
  private static final int PARTITIONS = 2;
  private static final int BLOCKS = 60;
  private static final int SPANS_PER_BLOCK = 50;
  private static final String CART = "github.com/acme/shop/pkg/cart";
  private static final String MONEY = "github.com/acme/shop/pkg/money";
  private static final String[] LABELS = {"service", "version", "package"};

  @TempDir private Path directory;
  private EmbeddedKafka kafka;
  private KafkaSettings settings;
  private KafkaProducer<byte[], byte[]> producer;
  private long nowMillis = Clock.systemUTC().millis() / 60_000 * 60_000;

  @BeforeEach
  void startBroker() throws Exception {
    kafka = EmbeddedKafka.start(directory.resolve("kafka"));
    settings = KafkaSettings.of(kafka.bootstrapServers());
    new TopicAdmin(settings, Duration.ofSeconds(30)).ensure(TopicPlan.of(PARTITIONS));
    producer =
        new KafkaProducer<>(
            settings.with(Map.of("acks", "all")),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    for (Objective objective :
        List.of(
            TestObjectives.wire("panic-rate", Objective.Sli.PANIC_RATE, "0.99997", 0, 0),
            TestObjectives.wire("availability", Objective.Sli.AVAILABILITY, "0.999", 0, 0))) {
      send(
          new ProducerRecord<>(
              Topics.OBJECTIVES,
              0,
              objective.getId().getBytes(StandardCharsets.UTF_8),
              objective.toByteArray()));
    }
  }

  @AfterEach
  void stopBroker() {
    producer.close();
    kafka.close();
  }

  private void send(ProducerRecord<byte[], byte[]> record) throws Exception {
    producer.send(record).get(10, TimeUnit.SECONDS);
  }

  private void sendSpans(int block, int partition) throws Exception {
    SpanBlock spans =
        FactBlocks.spans(
            partition,
            PARTITIONS,
            1 + block * 1_000L,
            SPANS_PER_BLOCK,
            block % 2 == 0 ? CART : MONEY,
            nowMillis);
    if (block % 20 == 0) {
      spans = FactBlocks.withPanic(spans, MONEY);
    }
    send(new ProducerRecord<>(Topics.SPANS, partition, nowMillis, null, spans.toByteArray()));
  }

  private void sendProgress() throws Exception {
    for (int partition = 0; partition < PARTITIONS; partition++) {
      SpanBlock spans =
          SpanBlock.newBuilder()
              .addAllProgress(FactBlocks.progressOn(Topics.SPANS, nowMillis))
              .build();
      send(new ProducerRecord<>(Topics.SPANS, partition, nowMillis, null, spans.toByteArray()));
      LogBlock logs =
          LogBlock.newBuilder()
              .addAllProgress(FactBlocks.progressOn(Topics.LOGS, nowMillis))
              .build();
      send(new ProducerRecord<>(Topics.LOGS, partition, nowMillis, null, logs.toByteArray()));
      ProcessBlock process =
          ProcessBlock.newBuilder()
              .addAllProgress(FactBlocks.progressOn(Topics.PROCESS, nowMillis))
              .build();
      send(new ProducerRecord<>(Topics.PROCESS, partition, nowMillis, null, process.toByteArray()));
    }
  }

  private void sendFacts(int from, int to) throws Exception {
    for (int block = from; block < to; block++) {
      for (int partition = 0; partition < PARTITIONS; partition++) {
        sendSpans(block, partition);
        if (block % 7 == 0) {
          // Delivered twice.
          sendSpans(block, partition);
        }
      }
      nowMillis += 2_000;
      sendProgress();
    }
  }

  /** Lets time pass until the last fact is settled and its minute closed. */
  private void letTimePass() throws Exception {
    for (int step = 0; step < 5; step++) {
      nowMillis += 30_000;
      sendProgress();
    }
  }

  @Test
  void killedAnalyzer_countsOnAsIfNothingHadHappened() throws Exception {
    Path state = directory.resolve("state");
    Process first = AnalyzerProcess.start(kafka.bootstrapServers(), PARTITIONS, state);
    try {
      sendFacts(0, BLOCKS / 2);
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> latestStates().values().stream().anyMatch(s -> s.getCalls() > 0));
      sendFacts(BLOCKS / 2, BLOCKS - 10);
    } finally {
      first.destroyForcibly().waitFor();
    }
    sendFacts(BLOCKS - 10, BLOCKS);
    letTimePass();

    CollectorRegistry registry = new CollectorRegistry(true);
    try (AnalyzerPipeline pipeline = pipeline(state, registry)) {
      pipeline.start();
      long calls = BLOCKS / 2 * SPANS_PER_BLOCK * PARTITIONS;
      await()
          .atMost(Duration.ofSeconds(90))
          .untilAsserted(
              () -> {
                assertThat(pipeline.failure()).isNull();
                assertThat(series(registry, "go_package_api_calls_total", CART))
                    .isEqualTo((double) calls);
                assertThat(series(registry, "go_package_api_calls_total", MONEY))
                    .isEqualTo((double) calls);
                assertThat(series(registry, "go_package_errors_total", CART))
                    .isEqualTo(calls / 10.0);
                // Blocks 0, 20 and 40, in both partitions.
                assertThat(series(registry, "go_package_panics_total", MONEY)).isEqualTo(6.0);
                assertThat(series(registry, "go_package_panics_total", CART)).isEqualTo(0.0);
              });
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () -> {
                assertThat(latestStates().get(CART).getCalls()).isEqualTo(calls * FixedPoint.ONE);
                assertThat(latestStates().get(MONEY).getPanics()).isEqualTo(6 * FixedPoint.ONE);
                assertThat(latestStates().get(CART).getSloCount()).isEqualTo(2);
                assertThat(closedCalls(CART)).isEqualTo(calls);
              });
      // One call in ten fails: no budget is left. Told by the first process, or by the second one.
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () ->
                  assertThat(crossings("availability"))
                      .hasSize(2)
                      .allMatch(event -> event.contains("\"state\":\"degraded\""))
                      .anyMatch(event -> event.contains(CART))
                      .anyMatch(event -> event.contains(MONEY)));
    }
  }

  /** Degrade-check events of an objective, as a reader of committed records sees them. */
  private List<String> crossings(String slo) {
    List<String> crossings = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : read(Topics.DECISIONS)) {
      assertThat(DegradeCheck.isKey(record.key())).isTrue();
      String event = new String(record.value(), StandardCharsets.UTF_8);
      if (event.contains("\"slo\":\"" + slo + "\"")) {
        crossings.add(event);
      }
    }
    return crossings;
  }

  private AnalyzerPipeline pipeline(Path state, CollectorRegistry registry) {
    AnalyzerPipeline pipeline =
        new AnalyzerPipeline(
            AnalyzerSettings.defaults(settings, PARTITIONS, state), Clock.systemUTC());
    pipeline.collectors().forEach(registry::register);
    Accounts.watch("analyzer", registry);
    return pipeline;
  }

  /** As a broker that starts after the services, or comes back on another machine. */
  @Test
  void brokersThatAreAwayAtTheStart_areWaitedFor_withTheCause() throws Exception {
    sendFacts(0, 10);
    letTimePass();
    kafka.stop();
    CollectorRegistry registry = new CollectorRegistry(true);
    try (AnalyzerPipeline pipeline = pipeline(directory.resolve("state"), registry)) {
      pipeline.start();
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(pipeline.waitsFor()).contains("topics are not prepared"));
      assertThat(pipeline.failure()).isNull();
      assertThat(pipeline.isRunning()).isFalse();
      kafka.resume();
      await()
          .atMost(Duration.ofSeconds(90))
          .untilAsserted(() -> assertThat(latestStates()).containsKey(CART));
      assertThat(pipeline.waitsFor()).isNull();

      // Away once more, while it works: Kafka Streams waits and calls that running.
      kafka.stop();
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(pipeline.waitsFor()).contains("failed"));
      assertThat(pipeline.failure()).isNull();
      kafka.resume();
      await().atMost(Duration.ofSeconds(90)).until(() -> pipeline.waitsFor() == null);
    }
  }

  /** What a full disk looks like to the store: its directory takes no file. */
  @Test
  void stateDirectoryThatTakesNoFile_endsUnhealthy_withTheCause() throws Exception {
    Path state = directory.resolve("state");
    CollectorRegistry registry = new CollectorRegistry(true);
    try (AnalyzerPipeline pipeline = pipeline(state, registry)) {
      // A file where Kafka Streams wants a directory, for every user, root included.
      Path own = state.resolve("pkgslo-analyzer");
      for (String task : List.of("0_0", "0_1", "1_0", "1_1", "2_0", "2_1")) {
        Files.createDirectories(own);
        Files.writeString(own.resolve(task), "no directory");
      }
      pipeline.start();
      sendFacts(0, 2);
      // The failure that ends the stream thread is what the pipeline is asked about, not the
      // test's.
      await()
          .dontCatchUncaughtExceptions()
          .atMost(Duration.ofSeconds(120))
          .untilAsserted(() -> assertThat(pipeline.failure()).contains("counting has stopped"));
      assertThat(pipeline.isRunning()).isFalse();
    }
    assertThat(latestStates()).isEmpty();
  }

  private static Double series(CollectorRegistry registry, String name, String goPackage) {
    return registry.getSampleValue(
        name, LABELS, new String[] {"shop/checkout", "1.4.0", goPackage});
  }

  private Map<String, SubjectState> latestStates() throws Exception {
    Map<String, SubjectState> latest = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : read(Topics.SUBJECTS)) {
      if (record.value() != null) {
        SubjectState state = SubjectState.parseFrom(record.value());
        latest.put(state.getPackage(), state);
      }
    }
    return latest;
  }

  /** Calls in closed minutes; a later version of a minute replaces an earlier one. */
  private long closedCalls(String goPackage) throws Exception {
    Map<Long, Long> byMinute = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : read(Topics.SLIS)) {
      SliBlock block = SliBlock.parseFrom(record.value());
      for (SliBucket bucket : block.getBucketList()) {
        if (bucket.getPackage().equals(goPackage)) {
          byMinute.put(bucket.getStartEpochMillis(), bucket.getCalls());
        }
      }
      for (Progress progress : block.getProgressList()) {
        assertThat(progress.getTopic()).isEqualTo(Topics.OBSERVATIONS);
      }
    }
    return byMinute.values().stream().mapToLong(Long::longValue).sum();
  }

  private List<ConsumerRecord<byte[], byte[]>> read(String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            settings.with(Map.of("isolation.level", "read_committed")),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = new ArrayList<>();
      for (int partition = 0; partition < PARTITIONS; partition++) {
        partitions.add(new TopicPartition(topic, partition));
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < end.get(p))) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }
}

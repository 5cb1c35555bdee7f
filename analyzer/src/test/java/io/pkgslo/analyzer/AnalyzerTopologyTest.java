// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.pkgslo.analyzer.correlate.RecentErrors;
import io.pkgslo.analyzer.export.CommittedSubjects;
import io.pkgslo.analyzer.export.EndToEnd;
import io.pkgslo.analyzer.export.StageMeters;
import io.pkgslo.analyzer.export.SubjectCollector;
import io.pkgslo.analyzer.sli.TestObjectives;
import io.pkgslo.model.AttributionSource;
import io.pkgslo.model.FixedPoint;
import io.pkgslo.model.SpanTraits;
import io.pkgslo.model.Topics;
import io.pkgslo.model.wire.ProcessBlock;
import io.pkgslo.model.wire.ProcessLog;
import io.pkgslo.model.wire.ProcessRequest;
import io.pkgslo.model.wire.SliBlock;
import io.pkgslo.model.wire.SpanBlock;
import io.pkgslo.model.wire.SubjectState;
import io.pkgslo.platform.KafkaSettings;
import io.pkgslo.platform.streams.CommitListeners;
import io.pkgslo.platform.streams.RecordAccounts;
import io.prometheus.client.CollectorRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole flow with one partition, without a broker. */
class AnalyzerTopologyTest {
  private static final long NOON = 1_795_176_000_000L;
  private static final String CART = "github.com/acme/shop/pkg/cart";
  private static final String[] LABELS = {"service", "version", "package"};

  private final CommitListeners commits = new CommitListeners();
  private final CommittedSubjects committed = new CommittedSubjects();
  private final RecordAccounts accounts = new RecordAccounts("analyzer", List.of());
  private final StageMeters meters = new StageMeters(Clock.systemUTC(), List.of());
  private final CollectorRegistry registry = new CollectorRegistry(true);
  private TopologyTestDriver driver;

  @BeforeEach
  void startDriver(@TempDir Path directory) {
    AnalyzerSettings settings = AnalyzerSettings.defaults(KafkaSettings.of("none:1"), 1, directory);
    AnalyzerContext shared =
        new AnalyzerContext(
            settings,
            commits,
            committed,
            meters,
            accounts,
            new EndToEnd(Clock.systemUTC()),
            new RecentErrors(10, 2),
            TestObjectives::defaults);
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            StreamsConfig.APPLICATION_ID_CONFIG,
            "test",
            StreamsConfig.STATE_DIR_CONFIG,
            directory.toString(),
            StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG,
            SmallRocks.class,
            StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
            StreamsConfig.EXACTLY_ONCE_V2));
    driver =
        new TopologyTestDriver(
            AnalyzerTopology.of(shared, Clock.systemUTC()), properties, Instant.ofEpochMilli(NOON));
    registry.register(new SubjectCollector(committed, TestObjectives::defaults));
    registry.register(meters);
    registry.register(accounts);
  }

  @AfterEach
  void stopDriver() {
    driver.close();
  }

  private void send(String topic, byte[] value) {
    TestInputTopic<byte[], byte[]> input =
        driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer());
    input.pipeInput(new TestRecord<>(null, value, null, NOON));
  }

  /** Lets what waits for more be sent, and commits. */
  private void commit() {
    driver.advanceWallClockTime(Duration.ofMillis(200));
    commits.committed();
  }

  private TestOutputTopic<byte[], byte[]> output(String topic) {
    return driver.createOutputTopic(
        topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private void through(long millis) {
    send(
        Topics.SPANS,
        FactBlocks.spans(0, 1, 1, 0, CART, millis).toBuilder()
            .addAllProgress(FactBlocks.progressOn(Topics.SPANS, millis))
            .build()
            .toByteArray());
    send(
        Topics.LOGS,
        io.pkgslo.model.wire.LogBlock.newBuilder()
            .addAllProgress(FactBlocks.progressOn(Topics.LOGS, millis))
            .build()
            .toByteArray());
    send(
        Topics.PROCESS,
        ProcessBlock.newBuilder()
            .addAllProgress(FactBlocks.progressOn(Topics.PROCESS, millis))
            .build()
            .toByteArray());
  }

  private double series(String name) {
    Double value =
        registry.getSampleValue(name, LABELS, new String[] {"shop/checkout", "1.4.0", CART});
    assertThat(value).as(name).isNotNull();
    return value;
  }

  @Test
  void facts_becomeSeriesStatesAndClosedMinutes() throws InvalidProtocolBufferException {
    through(NOON);
    send(
        Topics.SPANS,
        FactBlocks.withPanic(FactBlocks.spans(0, 1, 1, 30, CART, NOON), CART).toByteArray());
    send(Topics.PROCESS, FactBlocks.init(CART, 90_000_000, NOON).toByteArray());
    for (int second = 5; second <= 120; second += 5) {
      through(NOON + second * 1_000);
    }
    commit();
    driver.advanceWallClockTime(Duration.ofSeconds(1));

    assertThat(series("go_package_errors_total")).isEqualTo(3);
    assertThat(series("go_package_api_calls_total")).isEqualTo(30);
    assertThat(series("go_package_panics_total")).isEqualTo(1);
    assertThat(series("go_package_inits_total")).isEqualTo(1);
    assertThat(series("go_package_init_latency_p95_seconds")).isBetween(0.0892, 0.0908);

    List<SubjectState> states = new ArrayList<>();
    for (byte[] value : output(Topics.SUBJECTS).readValuesToList()) {
      states.add(SubjectState.parseFrom(value));
    }
    assertThat(states.get(0).getPackage()).isEqualTo(CART);
    assertThat(states.get(0).getCalls()).isEqualTo(30 * FixedPoint.ONE);
    assertThat(states.get(0).getPanicEpisodes()).isEqualTo(1);
    assertThat(states.get(0).getSloCount()).isEqualTo(3);
    // States first, then how far they go.
    assertThat(states.get(states.size() - 1).getProgress(0).getThroughMillis())
        .isEqualTo(NOON + 100_000);

    List<SliBlock> blocks = new ArrayList<>();
    for (byte[] value : output(Topics.SLIS).readValuesToList()) {
      blocks.add(SliBlock.parseFrom(value));
    }
    assertThat(blocks).flatExtracting(SliBlock::getBucketList).hasSize(1);
    SliBlock closing =
        blocks.stream().filter(b -> b.getBucketCount() > 0).findFirst().orElseThrow();
    assertThat(closing.getBucket(0).getCalls()).isEqualTo(30);
    assertThat(closing.getBucket(0).getPanics()).isEqualTo(1);
    assertThat(closing.getBucket(0).getExample(0).getFunction()).isEqualTo(CART + ".Sum");
    assertThat(closing.getProgress(0).getThroughMillis()).isEqualTo(NOON + 60_000);
  }

  /** From the process that wrote it through pkgslo.logs to the trace of its request's span. */
  @Test
  void auditRecord_countsOnce_forThePackageOfTheSpanOfItsRequest() {
    send(Topics.SPANS, FactBlocks.spans(0, 1, 1, 1, CART, NOON).toByteArray());
    ProcessBlock.Builder audit =
        ProcessBlock.newBuilder()
            .setAppendedMillis(NOON)
            .addOrigin(FactBlocks.ORIGIN)
            .addRequest(ProcessRequest.newBuilder().setRequest(77).setTraceIdLow(1).setSpanId(10));
    for (int stage = 0; stage < 2; stage++) {
      audit.addLog(
          ProcessLog.newBuilder()
              .setIdentityLow(stage)
              .setIdentityHigh(5)
              .setRequest(77)
              .setRequestOpen(stage == 0)
              .setSeverity(stage == 0 ? 9 : 17)
              .setText(stage == 0 ? "" : "get /api/v1/pods ResponseComplete 503")
              .setTimeEpochNanos(NOON * 1_000_000));
    }
    send(Topics.PROCESS, audit.build().toByteArray());
    for (int second = 5; second <= 60; second += 5) {
      through(NOON + second * 1_000);
    }
    // Once for how far the spans are, once for the record that followed from it.
    driver.advanceWallClockTime(Duration.ofSeconds(1));
    driver.advanceWallClockTime(Duration.ofSeconds(1));
    commits.committed();

    assertThat(logRecords("error")).isEqualTo(1);
    assertThat(logRecords("info")).isNull();
  }

  private Double logRecords(String severity) {
    return registry.getSampleValue(
        "go_package_log_records_total",
        new String[] {"service", "version", "package", "severity"},
        new String[] {"shop/checkout", "1.4.0", CART, severity});
  }

  /** A client that propagates nothing: its callee's spans are seen in traces of their own. */
  @Test
  void unansweredCall_isLostContextOfItsPackage_andTakenBack() {
    SpanBlock.Builder calls = FactBlocks.spans(0, 1, 1, 2, CART, NOON).toBuilder();
    int traits =
        SpanTraits.of(SpanTraits.KIND_CLIENT, SpanTraits.STATUS_UNSET, 0, AttributionSource.SCOPE);
    calls
        .setTraits(0, traits)
        .addPeer("")
        .addPeer("host:cart:8080")
        .addPeerIndex(1)
        .addPeerIndex(1);
    send(Topics.SPANS, calls.build().toByteArray());
    for (int second = 5; second <= 630; second += 5) {
      through(NOON + second * 1_000);
    }
    driver.advanceWallClockTime(Duration.ofSeconds(1));
    commits.committed();
    assertThat(series("go_package_clients_without_server_total")).isEqualTo(1);

    SpanBlock.Builder late = FactBlocks.spans(0, 1, 1, 1, CART, NOON + 640_000).toBuilder();
    send(Topics.SPANS, late.setSpanId(0, 99).setParentSpanId(0, 10).build().toByteArray());
    for (int second = 640; second <= 680; second += 5) {
      through(NOON + second * 1_000);
    }
    driver.advanceWallClockTime(Duration.ofSeconds(1));
    commits.committed();
    assertThat(
            registry.getSampleValue(
                "go_package_context_revised_total",
                new String[] {"service", "version", "package", "kind"},
                new String[] {"shop/checkout", "1.4.0", CART, "client_without_server"}))
        .isEqualTo(1);
  }

  @Test
  void redeliveredSpans_countOnce() {
    byte[] spans = FactBlocks.spans(0, 1, 1, 30, CART, NOON).toByteArray();
    send(Topics.SPANS, spans);
    send(Topics.SPANS, spans);
    commit();
    assertThat(series("go_package_api_calls_total")).isEqualTo(30);
    assertThat(
            registry.getSampleValue(
                "pkgslo_items_dropped_total",
                new String[] {"stage", "reason"},
                new String[] {"analyzer", "duplicate_span"}))
        .isEqualTo(30);
  }

  @Test
  void uncommittedCounts_areNotShown() {
    send(Topics.SPANS, FactBlocks.spans(0, 1, 1, 30, CART, NOON).toByteArray());
    assertThat(
            registry.getSampleValue(
                "go_package_errors_total", LABELS, new String[] {"shop/checkout", "1.4.0", CART}))
        .isNull();
    commit();
    assertThat(series("go_package_errors_total")).isEqualTo(3);
  }

  @Test
  void brokenBlocks_goToTheDeadLetters_andTheRestGoesOn() {
    byte[] garbage = {1, 2, 3, 4};
    for (String topic :
        List.of(Topics.SPANS, Topics.LOGS, Topics.PROCESS, Topics.PANICS, Topics.OBSERVATIONS)) {
      send(topic, garbage);
      TestRecord<byte[], byte[]> letter = output(Topics.deadLetterOf(topic)).readRecord();
      assertThat(letter.value()).isEqualTo(garbage);
      assertThat(new String(letter.headers().lastHeader("pkgslo.dlq.reason").value()))
          .isEqualTo("not_protobuf");
      assertThat(new String(letter.headers().lastHeader("pkgslo.dlq.topic").value()))
          .isEqualTo(topic);
    }
    SpanBlock spans = FactBlocks.spans(0, 1, 1, 2, CART, NOON);
    SpanBlock lopsided = spans.toBuilder().addSpanId(4).build();
    SpanBlock nobody = spans.toBuilder().addPeer("").addPeerIndex(0).addPeerIndex(1).build();
    for (SpanBlock broken : List.of(lopsided, nobody)) {
      send(Topics.SPANS, broken.toByteArray());
      assertThat(
              new String(
                  output(Topics.deadLetterOf(Topics.SPANS))
                      .readRecord()
                      .headers()
                      .lastHeader("pkgslo.dlq.reason")
                      .value()))
          .isEqualTo("bad_columns");
    }
    send(Topics.SPANS, FactBlocks.spans(0, 1, 1, 10, CART, NOON).toByteArray());
    commit();
    assertThat(series("go_package_api_calls_total")).isEqualTo(10);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.TracesData;
import io.pkgslo.ingest.attribute.DropReason;
import io.pkgslo.ingest.decode.JsonTelemetry;
import io.pkgslo.ingest.record.IngestHealth;
import io.pkgslo.model.Partitions;
import io.pkgslo.model.SpanTraits;
import io.pkgslo.model.Topics;
import io.pkgslo.model.wire.ProcessBlock;
import io.pkgslo.model.wire.ProcessLine;
import io.pkgslo.model.wire.SpanBlock;
import io.pkgslo.testing.NothingReceived;
import io.prometheus.client.CollectorRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole of ingest on a real broker: records in, committed facts out. */
class IngestPipelineIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String CART = "github.com/acme/shop/pkg/cart";
  private static final Resource CHECKOUT =
      Otlp.resource(
          "service.namespace", "shop",
          "service.name", "checkout",
          "service.version", "v1.4.0",
          "k8s.pod.uid", "u-1",
          "k8s.container.name", "app",
          "service.instance.id", "i-1");

  @TempDir Path directory;
  private final CollectorRegistry registry = new CollectorRegistry();
  private final Accounting accounting = new Accounting(registry);
  private IngestBroker broker;
  private FactReader facts;
  private IngestPipeline pipeline;

  @BeforeEach
  void start() {
    broker = new IngestBroker(directory);
    facts = broker.facts();
    pipeline = broker.pipeline("ingest-a", registry);
    pipeline.start();
    await().atMost(PATIENCE).until(() -> pipeline.health().isReady());
  }

  @AfterEach
  void stop() {
    pipeline.close();
    assertThat(pipeline.health().state()).isEqualTo(IngestHealth.State.STOPPED);
    facts.close();
    broker.close();
  }

  private static long nowNanos() {
    return System.currentTimeMillis() * 1_000_000L;
  }

  private void awaitSpans(int count) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              facts.poll();
              assertThat(facts.spanCount()).isEqualTo(count);
            });
  }

  @Test
  void spansInBothEncodings_becomeTheSameFacts_inThePartitionOfTheirTrace() {
    long end = nowNanos();
    for (int trace = 1; trace <= 40; trace++) {
      TracesData traces =
          Otlp.traces(
              CHECKOUT,
              CART,
              Otlp.span(trace, 1, end),
              Otlp.span(trace, 2, end).setParentSpanId(Otlp.spanId(1)));
      boolean json = trace % 2 == 0;
      broker.send(Topics.OTLP_SPANS, json ? JsonTelemetry.of(traces, trace) : traces.toByteArray());
    }
    awaitSpans(80);
    Set<Long> traces = new TreeSet<>();
    for (FactReader.At<SpanBlock> at : facts.spans) {
      SpanBlock block = at.block();
      for (int i = 0; i < block.getSpanIdCount(); i++) {
        traces.add(block.getTraceIdLow(i));
        assertThat(block.getPackage(block.getPackageIndex(i))).isEqualTo(CART);
        assertThat(block.getOrigin(block.getOriginIndex(i)).getService())
            .isEqualTo("shop/checkout");
        assertThat(block.getOrigin(block.getOriginIndex(i)).getProcess()).isEqualTo("pod:u-1/app");
        assertThat(block.getEndEpochNanos(i)).isEqualTo(end);
        assertThat(block.getDurationNanos(i)).isEqualTo(1_000_000);
        assertThat(SpanTraits.kind(block.getTraits(i))).isEqualTo(SpanTraits.KIND_INTERNAL);
        assertThat(Partitions.ofTrace(0, block.getTraceIdLow(i), IngestBroker.PARTITIONS))
            .isEqualTo(at.partition());
      }
      assertThat(block.getAppendedMillis()).isBetween(end / 1_000_000 - 5_000, nowMillis());
    }
    assertThat(traces).hasSize(40);
  }

  private static long nowMillis() {
    return System.currentTimeMillis();
  }

  @Test
  void redeliveredRecord_givesTheSameFactsAgain() {
    byte[] record = Otlp.traces(CHECKOUT, CART, Otlp.span(7, 9, nowNanos())).toByteArray();
    broker.send(Topics.OTLP_SPANS, record);
    broker.send(Topics.OTLP_SPANS, record);
    byte[] line = lines("panic: boom").toByteArray();
    broker.send(Topics.OTLP_LOGS, line);
    broker.send(Topics.OTLP_LOGS, line);
    awaitSpans(2);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              facts.poll();
              assertThat(allLines()).hasSize(2);
            });
    ProcessLine first = allLines().get(0);
    ProcessLine second = allLines().get(1);
    assertThat(first.getIdentityHigh()).isEqualTo(second.getIdentityHigh());
    assertThat(first.getIdentityLow()).isEqualTo(second.getIdentityLow());
  }

  private List<ProcessLine> allLines() {
    return facts.processes.stream().flatMap(at -> at.block().getLineList().stream()).toList();
  }

  private static io.opentelemetry.proto.logs.v1.LogsData lines(String text) {
    return Otlp.logs(
        CHECKOUT,
        "",
        LogRecord.newBuilder()
            .setTimeUnixNano(nowNanos())
            .setBody(Otlp.value(text))
            .addAllAttributes(Otlp.attributes("log.iostream", "stderr")));
  }

  @Test
  void logsLinesAndRuntimeMetrics_reachTheirTopics() {
    long now = nowNanos();
    broker.send(
        Topics.OTLP_LOGS,
        Otlp.logs(
                CHECKOUT,
                CART,
                LogRecord.newBuilder()
                    .setTimeUnixNano(now)
                    .setTraceId(Otlp.traceId(1, 5))
                    .setBody(Otlp.value("with a trace")),
                LogRecord.newBuilder().setTimeUnixNano(now).setBody(Otlp.value("without one")))
            .toByteArray());
    broker.send(Topics.OTLP_LOGS, lines("panic: boom").toByteArray());
    broker.send(
        Topics.OTLP_METRICS,
        Otlp.metrics(
                CHECKOUT,
                Metric.newBuilder()
                    .setName("go.goroutine.count")
                    .setGauge(
                        Gauge.newBuilder()
                            .addDataPoints(
                                NumberDataPoint.newBuilder().setTimeUnixNano(now).setAsInt(12))),
                Metric.newBuilder()
                    .setName("other")
                    .setGauge(
                        Gauge.newBuilder()
                            .addDataPoints(
                                NumberDataPoint.newBuilder().setTimeUnixNano(now).setAsInt(1))))
            .toByteArray());
    await().atMost(PATIENCE).untilAsserted(this::assertOneOfEachKind);
    assertThat(facts.logs.stream().filter(at -> at.block().getIdentityHighCount() > 0))
        .allSatisfy(at -> assertThat(at.partition()).isEqualTo(Partitions.ofTrace(1, 5, 3)));
    int home = Partitions.ofProcess("pod:u-1/app", IngestBroker.PARTITIONS);
    int alias = Partitions.ofProcess("instance:i-1", IngestBroker.PARTITIONS);
    Set<Integer> told = new TreeSet<>();
    for (FactReader.At<ProcessBlock> at : facts.processes) {
      ProcessBlock block = at.block();
      if (block.getLineCount() + block.getLogCount() + block.getRuntimeCount() > 0) {
        assertThat(at.partition()).isEqualTo(home);
      }
      if (block.getAliasCount() > 0) {
        assertThat(block.getAlias(0).getProcessList()).containsExactly("instance:i-1");
        told.add(at.partition());
      }
    }
    assertThat(told).isEqualTo(new TreeSet<>(List.of(home, alias)));
    assertThat(accounting.dropped(DropReason.NOT_GO_RUNTIME)).isEqualTo(1);
  }

  private void assertOneOfEachKind() {
    facts.poll();
    assertThat(facts.logs.stream().mapToInt(at -> at.block().getIdentityHighCount()).sum())
        .isEqualTo(1);
    assertThat(facts.processes.stream().mapToInt(at -> at.block().getLogCount()).sum())
        .isEqualTo(1);
    assertThat(facts.processes.stream().mapToInt(at -> at.block().getRuntimeCount()).sum())
        .isEqualTo(1);
    assertThat(allLines()).hasSize(1);
  }

  @Test
  void poison_isDeadLetteredUntouched_andItsNeighboursCount() {
    byte[] random = new byte[200];
    new Random(42).nextBytes(random);
    byte[] whole = Otlp.traces(CHECKOUT, CART, Otlp.span(1, 1, nowNanos())).toByteArray();
    byte[] truncated = Arrays.copyOf(whole, whole.length - 7);
    byte[] jaeger = "{\"data\": [{\"traceID\": \"1\"}]}".getBytes(UTF_8);
    byte[] key = "key".getBytes(UTF_8);
    broker.send(Topics.OTLP_SPANS, whole);
    ProducerRecord<byte[], byte[]> poison =
        new ProducerRecord<>(Topics.OTLP_SPANS, 1, 1234L, key, random);
    poison.headers().add("mine", "kept".getBytes(UTF_8));
    broker.send(poison);
    broker.send(Topics.OTLP_SPANS, truncated);
    broker.send(Topics.OTLP_SPANS, jaeger);
    broker.send(Topics.OTLP_SPANS, new byte[0]);
    broker.send(new ProducerRecord<>(Topics.OTLP_SPANS, null, null));
    broker.send(
        Topics.OTLP_SPANS, Otlp.traces(CHECKOUT, CART, Otlp.span(2, 1, nowNanos())).toByteArray());
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              facts.poll();
              assertThat(facts.spanCount()).isEqualTo(2);
              assertThat(facts.deadLetters).hasSize(3);
            });
    assertThat(facts.deadLetters.stream().map(ConsumerRecord::value))
        .containsExactlyInAnyOrder(random, truncated, jaeger);
    ConsumerRecord<byte[], byte[]> letter =
        facts.deadLetters.stream()
            .filter(record -> Arrays.equals(record.value(), random))
            .findFirst()
            .orElseThrow();
    assertThat(letter.topic()).isEqualTo("otlp_spans.dlq");
    assertThat(letter.key()).isEqualTo(key);
    assertThat(header(letter, "mine")).isEqualTo("kept");
    assertThat(header(letter, "pkgslo.dlq.topic")).isEqualTo(Topics.OTLP_SPANS);
    assertThat(header(letter, "pkgslo.dlq.partition")).isEqualTo("1");
    assertThat(header(letter, "pkgslo.dlq.offset")).containsOnlyDigits();
    assertThat(header(letter, "pkgslo.dlq.timestamp")).isEqualTo("1234");
    assertThat(header(letter, "pkgslo.dlq.stage")).isEqualTo("decode");
    assertThat(header(letter, "pkgslo.dlq.reason")).isIn("not-otlp", "malformed", "truncated");
    assertThat(accounting.deadLettered(Topics.OTLP_SPANS)).isEqualTo(3);
    assertThat(accounting.records("processed", Topics.OTLP_SPANS)).isEqualTo(4);
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String key) {
    Header header = record.headers().lastHeader(key);
    return header == null ? "" : new String(header.value(), UTF_8);
  }

  /** Nothing arrives anywhere; still every reader learns that time has passed. */
  @Test
  @NothingReceived("silence is what it is about")
  void silence_movesProgressInEveryPartition() {
    long since = nowMillis();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              facts.poll();
              assertToldSince(since + 500, Topics.SPANS, Topics.OTLP_SPANS);
              assertToldSince(since + 500, Topics.LOGS, Topics.OTLP_LOGS);
              for (String source : Topics.otlp()) {
                assertToldSince(since + 500, Topics.PROCESS, source);
              }
            });
    assertThat(facts.progress(Topics.SPANS, Topics.OTLP_LOGS)).isEmpty();
  }

  private void assertToldSince(long millis, String factTopic, String source) {
    for (int partition = 0; partition < IngestBroker.SOURCE_PARTITIONS; partition++) {
      assertThat(facts.progress(factTopic, source, partition))
          .hasSize(IngestBroker.PARTITIONS)
          .allSatisfy(
              (at, through) ->
                  assertThat(through)
                      .isGreaterThanOrEqualTo(millis)
                      .isLessThanOrEqualTo(nowMillis()));
    }
  }

  /** A producer with a wrong clock: neither progress nor the block runs ahead of ours. */
  @Test
  void recordFromTheFuture_isCappedAtTheWallClock() {
    broker.send(
        new ProducerRecord<>(
            Topics.OTLP_SPANS,
            0,
            nowMillis() + 3_600_000,
            null,
            Otlp.traces(CHECKOUT, CART, Otlp.span(1, 1, nowNanos() + 3_600_000_000_000L))
                .toByteArray()));
    broker.send(
        Topics.OTLP_SPANS, Otlp.traces(CHECKOUT, CART, Otlp.span(2, 1, nowNanos())).toByteArray());
    awaitSpans(1);
    await().atMost(PATIENCE).until(() -> accounting.dropped(DropReason.FUTURE) == 1);
    facts.poll();
    for (FactReader.At<SpanBlock> at : facts.spans) {
      assertThat(at.block().getAppendedMillis()).isLessThanOrEqualTo(nowMillis());
    }
    facts
        .progress(Topics.SPANS, Topics.OTLP_SPANS)
        .values()
        .forEach(through -> assertThat(through).isLessThanOrEqualTo(nowMillis()));
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.MetricsData;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.TracesData;
import io.pkgslo.broker.EmbeddedKafka;
import io.pkgslo.ingest.IngestPipeline;
import io.pkgslo.ingest.IngestSettings;
import io.pkgslo.ingest.attribute.AttributeSettings;
import io.pkgslo.ingest.decode.DecodeLimits;
import io.pkgslo.ingest.record.RecordSettings;
import io.pkgslo.model.Topics;
import io.pkgslo.platform.KafkaSettings;
import io.pkgslo.platform.OwnTelemetry;
import io.pkgslo.platform.TelemetrySettings;
import io.pkgslo.standalone.otlp.OtlpReceiver;
import io.pkgslo.testing.Accounts;
import io.pkgslo.testing.NothingReceived;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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

/** Own telemetry arrives at an OTLP receiver: the one that the standalone has. */
class OwnTelemetryIT {
  private static final int MAX_BODY = 2_000_000;

  @TempDir Path dir;
  private final Clock clock = Clock.systemUTC();
  private Vertx vertx;
  private EmbeddedKafka kafka;
  private KafkaSettings settings;
  private final CollectorRegistry ofReceiver = new CollectorRegistry();
  private OtlpReceiver receiver;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    kafka = EmbeddedKafka.start(dir);
    settings = KafkaSettings.of(kafka.bootstrapServers());
    receiver =
        OtlpReceiver.start(
            vertx, settings, new OtlpReceiver.Settings("127.0.0.1", 0, 0, MAX_BODY), ofReceiver);
    Accounts.watch("receiver", ofReceiver);
  }

  @AfterEach
  void stop() throws Exception {
    receiver.close();
    kafka.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private OwnTelemetry telemetry(boolean traces, boolean metrics, CollectorRegistry registry) {
    return new OwnTelemetry(
        new TelemetrySettings(
            "http://127.0.0.1:" + receiver.httpPort(),
            traces,
            metrics,
            Duration.ofMillis(200),
            Map.of("Authorization", "Bearer not-shown")),
        "pkgslo-test",
        () -> Collections.list(registry.metricFamilySamples()),
        clock);
  }

  @Test
  void series_arePushedAsMetrics_withTheirNamesLabelsAndValues() throws Exception {
    CollectorRegistry registry = new CollectorRegistry();
    Counter.build("go_package_panics", "Panics.")
        .labelNames("service", "package")
        .register(registry)
        .labels("shop/checkout", "github.com/acme/cart")
        .inc(3);
    Gauge.build("slo_error_budget_remaining_ratio", "Left.")
        .labelNames("slo")
        .register(registry)
        .labels("panic-rate")
        .set(-0.5);
    Counter.build("pkgslo_items_received", "Of pkgslo itself.").register(registry).inc();
    Map<String, Metric> metrics = new HashMap<>();
    try (OwnTelemetry telemetry = telemetry(false, true, registry)) {
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () -> {
                for (byte[] value : values(Topics.OTLP_METRICS)) {
                  MetricsData.parseFrom(value).getResourceMetricsList().stream()
                      .flatMap(resource -> resource.getScopeMetricsList().stream())
                      .flatMap(scope -> scope.getMetricsList().stream())
                      .forEach(metric -> metrics.put(metric.getName(), metric));
                }
                return metrics.containsKey("slo_error_budget_remaining_ratio");
              });
      assertThat(telemetry.tracer().spanBuilder("x").startSpan().isRecording()).isFalse();
    }
    // Besides, the SDK tells of itself.
    metrics.keySet().removeIf(name -> name.startsWith("otel.sdk."));
    assertThat(metrics).containsOnlyKeys("go_package_panics", "slo_error_budget_remaining_ratio");
    Metric panics = metrics.get("go_package_panics");
    assertThat(panics.getSum().getIsMonotonic()).isTrue();
    NumberDataPoint point = panics.getSum().getDataPoints(0);
    assertThat(point.getAsDouble()).isEqualTo(3);
    assertThat(point.getAttributesList())
        .extracting(attribute -> attribute.getKey() + "=" + attribute.getValue().getStringValue())
        .containsExactlyInAnyOrder("service=shop/checkout", "package=github.com/acme/cart");
    assertThat(
            metrics
                .get("slo_error_budget_remaining_ratio")
                .getGauge()
                .getDataPoints(0)
                .getAsDouble())
        .isEqualTo(-0.5);
  }

  @Test
  void transactionsOfIngest_areSpans_onRequest() throws Exception {
    List<Span> spans = new ArrayList<>();
    CollectorRegistry registry = new CollectorRegistry();
    Accounts.watch("ingest", registry);
    try (OwnTelemetry telemetry = telemetry(true, false, registry);
        IngestPipeline ingest =
            new IngestPipeline(
                new IngestSettings(
                    new RecordSettings("ingest", "ingest-a", 1, 2, Duration.ofMillis(250), 2),
                    DecodeLimits.DEFAULT,
                    AttributeSettings.DEFAULT),
                settings,
                registry,
                clock,
                telemetry.tracer())) {
      ingest.start();
      try (var producer =
          new KafkaProducer<>(
              settings.with(Map.of()), new ByteArraySerializer(), new ByteArraySerializer())) {
        producer.send(new ProducerRecord<>(Topics.OTLP_LOGS, new byte[0]));
      }
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> {
                for (byte[] value : values(Topics.OTLP_SPANS)) {
                  TracesData.parseFrom(value).getResourceSpansList().stream()
                      .flatMap(resource -> resource.getScopeSpansList().stream())
                      .forEach(scope -> spans.addAll(scope.getSpansList()));
                }
                return !spans.isEmpty();
              });
    }
    assertThat(spans.get(0).getName()).isEqualTo("ingest transaction");
    assertThat(spans.get(0).getAttributesList())
        .anySatisfy(attribute -> assertThat(attribute.getKey()).isEqualTo("pkgslo.records"));
  }

  @Test
  @NothingReceived("settings are made and not used")
  void settings_showNoHeader() {
    TelemetrySettings shown =
        new TelemetrySettings(
            "http://c:4318", true, true, Duration.ofSeconds(1), Map.of("Authorization", "secret"));
    assertThat(shown.toString()).contains("http://c:4318").doesNotContain("secret");
  }

  private List<byte[]> values(String topic) {
    List<byte[]> values = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            settings.with(Map.of()), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
      }
    }
    return values;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.proto.resource.v1.Resource;
import io.pkgslo.broker.EmbeddedKafka;
import io.pkgslo.ingest.attribute.AttributeSettings;
import io.pkgslo.ingest.decode.DecodeLimits;
import io.pkgslo.ingest.record.IngestHealth;
import io.pkgslo.ingest.record.RecordSettings;
import io.pkgslo.model.Partitions;
import io.pkgslo.model.Topics;
import io.pkgslo.model.wire.SpanBlock;
import io.pkgslo.platform.KafkaSettings;
import io.prometheus.client.CollectorRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole of ingest on a real broker: records in, committed facts out. */
class IngestPipelineIT {
  private static final int PARTITIONS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Resource CHECKOUT =
      Otlp.resource(
          "service.namespace", "shop",
          "service.name", "checkout",
          "service.version", "v1.4.0",
          "service.instance.id", "i-1");

  @TempDir Path directory;
  private EmbeddedKafka kafka;
  private KafkaProducer<byte[], byte[]> producer;
  private FactReader facts;
  private CollectorRegistry registry = new CollectorRegistry();
  private IngestPipeline pipeline;

  @BeforeEach
  void startBroker() {
    kafka = EmbeddedKafka.start(directory);
    kafka.createTopic(Topics.OTLP_SPANS, 2);
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    facts = new FactReader(kafka.bootstrapServers());
    pipeline = pipeline(registry);
    pipeline.start();
  }

  @AfterEach
  void stopBroker() {
    pipeline.close();
    facts.close();
    producer.close(Duration.ZERO);
    kafka.close();
  }

  private IngestPipeline pipeline(CollectorRegistry meters) {
    return new IngestPipeline(
        new IngestSettings(
            new RecordSettings("ingest", "ingest-a", 1, PARTITIONS, Duration.ofMillis(250), 3),
            DecodeLimits.DEFAULT,
            AttributeSettings.DEFAULT),
        KafkaSettings.of(kafka.bootstrapServers()),
        meters,
        Clock.systemUTC());
  }

  private void send(String topic, byte[] value) {
    producer.send(new ProducerRecord<>(topic, value));
    producer.flush();
  }

  private static long nowNanos() {
    return System.currentTimeMillis() * 1_000_000L;
  }

  @Test
  void spans_becomeFactsInThePartitionOfTheirTrace() {
    long end = nowNanos();
    for (int trace = 1; trace <= 50; trace++) {
      send(
          Topics.OTLP_SPANS,
          Otlp.traces(
                  CHECKOUT,
                  "github.com/acme/shop/pkg/cart",
                  Otlp.span(trace, 1, end),
                  Otlp.span(trace, 2, end).setParentSpanId(Otlp.spanId(1)))
              .toByteArray());
    }
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              facts.poll();
              assertThat(facts.spanCount()).isEqualTo(100);
            });
    for (FactReader.At<SpanBlock> at : facts.spans) {
      SpanBlock block = at.block();
      for (int i = 0; i < block.getSpanIdCount(); i++) {
        assertThat(block.getPackage(block.getPackageIndex(i)))
            .isEqualTo("github.com/acme/shop/pkg/cart");
        assertThat(block.getOrigin(block.getOriginIndex(i)).getService())
            .isEqualTo("shop/checkout");
        assertThat(Partitions.ofTrace(0, block.getTraceIdLow(i), PARTITIONS))
            .isEqualTo(at.partition());
      }
    }
    assertThat(pipeline.health().state()).isEqualTo(IngestHealth.State.RUNNING);
  }

  @Test
  void poison_isDeadLetteredUntouched_andItsNeighboursCount() {
    byte[] random = new byte[200];
    new Random(42).nextBytes(random);
    byte[] whole =
        Otlp.traces(CHECKOUT, "github.com/acme/shop/pkg/cart", Otlp.span(1, 1, nowNanos()))
            .toByteArray();
    byte[] truncated = java.util.Arrays.copyOf(whole, whole.length - 7);
    send(Topics.OTLP_SPANS, whole);
    send(Topics.OTLP_SPANS, random);
    send(Topics.OTLP_SPANS, truncated);
    send(Topics.OTLP_SPANS, new byte[0]);
    send(Topics.OTLP_SPANS, null);
    send(Topics.OTLP_SPANS, "{\"data\": []}".getBytes(UTF_8));
    send(
        Topics.OTLP_SPANS,
        Otlp.traces(CHECKOUT, "github.com/acme/shop/pkg/cart", Otlp.span(2, 1, nowNanos()))
            .toByteArray());
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              facts.poll();
              assertThat(facts.spanCount()).isEqualTo(2);
              assertThat(facts.deadLetters).hasSizeGreaterThanOrEqualTo(2);
            });
    assertThat(facts.deadLetters).anySatisfy(r -> assertThat(r.value()).isEqualTo(random));
    assertThat(facts.deadLetters).anySatisfy(r -> assertThat(r.value()).isEqualTo(truncated));
    facts.deadLetters.forEach(
        r ->
            System.out.println(
                new String(r.headers().lastHeader("pkgslo.dlq.reason").value(), UTF_8)));
  }
}

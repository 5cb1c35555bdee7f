// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import io.pkgslo.ingest.record.IngestHealth;
import io.pkgslo.model.Topics;
import io.prometheus.client.CollectorRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens to brokers, producers and instances, every span is published exactly once. */
class IngestFailureIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** The timeout of a transaction, and the broker's look for such, on a busy machine. */
  private static final Duration HELD_BACK = Duration.ofSeconds(20);

  private static final Resource RESOURCE = Otlp.resource("service.name", "checkout");

  @TempDir Path directory;
  private final CollectorRegistry registry = new CollectorRegistry();
  private IngestBroker broker;
  private FactReader facts;
  private int sent;

  @BeforeEach
  void start() {
    broker = new IngestBroker(directory);
    facts = broker.facts();
  }

  @AfterEach
  void stop() {
    facts.close();
    broker.close();
  }

  private void send(int records) {
    long end = System.currentTimeMillis() * 1_000_000L;
    for (int i = 0; i < records; i++) {
      sent++;
      broker.send(
          Topics.OTLP_SPANS,
          Otlp.traces(RESOURCE, "github.com/acme/x", Otlp.span(sent, sent, end)).toByteArray());
    }
    broker.flush();
  }

  /** As of a backlog: large, and appended some seconds ago, so that polls run ahead. */
  private void sendOld(int records) {
    long millis = System.currentTimeMillis() - 5_000;
    for (int i = 0; i < records; i++) {
      sent++;
      Span.Builder span =
          Otlp.span(sent, sent, millis * 1_000_000L)
              .addAllAttributes(Otlp.attributes("note", "x".repeat(100_000)));
      broker.send(
          new ProducerRecord<>(
              Topics.OTLP_SPANS,
              sent % IngestBroker.SOURCE_PARTITIONS,
              millis,
              null,
              Otlp.traces(RESOURCE, "github.com/acme/x", span).toByteArray()));
    }
    broker.flush();
  }

  /** Each span once: no more come for a while after all are there. */
  private void assertExactlyOnce() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              facts.poll();
              assertThat(facts.spanIds()).hasSize(sent);
            });
    for (int i = 0; i < 10; i++) {
      facts.poll();
    }
    assertThat(facts.spanCount()).isEqualTo(sent);
    assertThat(facts.spanIds()).hasSize(sent);
  }

  @Test
  void fencedProducer_isReplaced_andNothingIsLostOrDoubled() {
    try (IngestPipeline pipeline = broker.pipeline("ingest-a", registry)) {
      pipeline.start();
      for (int round = 0; round < 4; round++) {
        send(50);
        fence("ingest-a-0");
        send(50);
      }
      assertExactlyOnce();
      await().atMost(PATIENCE).until(() -> pipeline.health().state() == IngestHealth.State.RUNNING);
    }
  }

  /** Somebody made the topic of dead letters with a smaller limit than that of the source. */
  @Test
  void poisonThatIsTooLargeForItsDeadLetters_isCut_andHoldsNothingUp() {
    broker
        .kafka()
        .createTopic(
            "otlp_spans.dlq", 1, Map.of("max.message.bytes", "10000", "retention.ms", "-1"));
    byte[] garbage = new byte[200_000];
    new Random(1).nextBytes(garbage);
    garbage[0] = 0x35;
    try (IngestPipeline pipeline = broker.pipeline("ingest-a", registry)) {
      pipeline.start();
      broker.send(Topics.OTLP_SPANS, garbage);
      send(50);
      assertExactlyOnce();
      await().atMost(PATIENCE).until(() -> pipeline.health().state() == IngestHealth.State.RUNNING);
    }
    facts.poll();
    assertThat(facts.deadLetters).hasSize(1);
    var letter = facts.deadLetters.get(0);
    assertThat(letter.value()).isEmpty();
    assertThat(new String(letter.headers().lastHeader("pkgslo.dlq.truncated").value(), UTF_8))
        .isEqualTo("200000");
  }

  /** What a restarted instance does to the transaction that its predecessor left behind. */
  private void fence(String transactionalId) {
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            "bootstrap.servers",
            broker.kafka().bootstrapServers(),
            "transactional.id",
            transactionalId));
    try (var other =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      other.initTransactions();
    }
  }

  /**
   * An instance is killed with blocks in an open transaction. It comes back under its name, or
   * others go on without it: then readers wait until its transaction has timed out, and no longer.
   */
  @ParameterizedTest
  @ValueSource(strings = {"ingest-a", "ingest-b"})
  void killedInstance_leavesNothingBehind(String successorsName) {
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            "bootstrap.servers", broker.kafka().bootstrapServers(),
            "transactional.id", "ingest-a-0",
            "transaction.timeout.ms", "10000"));
    broker.kafka().createTopic(Topics.SPANS, IngestBroker.PARTITIONS);
    var killed =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    killed.initTransactions();
    killed.beginTransaction();
    killed.send(new ProducerRecord<>(Topics.SPANS, 0, null, new byte[] {(byte) 0xff}));
    killed.flush();
    long openedNanos = System.nanoTime();
    send(20);
    try (IngestPipeline successor = broker.pipeline(successorsName, registry)) {
      successor.start();
      assertExactlyOnce();
      assertThat(Duration.ofNanos(System.nanoTime() - openedNanos)).isLessThan(HELD_BACK);
    } finally {
      killed.close(Duration.ZERO);
    }
  }

  @Test
  void twoInstances_shareThePartitions_andHandThemOver() {
    CollectorRegistry second = new CollectorRegistry();
    try (IngestPipeline a = broker.pipeline("ingest-a", registry)) {
      a.start();
      send(200);
      try (IngestPipeline b = broker.pipeline("ingest-b", second)) {
        b.start();
        for (int i = 0; i < 20; i++) {
          send(20);
          facts.poll();
        }
        assertExactlyOnce();
      }
      send(200);
      assertExactlyOnce();
    }
  }

  /** A rebalance and a fenced transaction meet polls that ran ahead of what is committed. */
  @Test
  void backlog_isReadOnce_whileInstancesComeAndGoAndAreFenced() {
    CollectorRegistry second = new CollectorRegistry();
    try (IngestPipeline a = broker.pipeline("ingest-a", registry)) {
      sendOld(100);
      a.start();
      try (IngestPipeline b = broker.pipeline("ingest-b", second)) {
        b.start();
        for (int i = 0; i < 10; i++) {
          sendOld(100);
          fence(i % 2 == 0 ? "ingest-a-0" : "ingest-b-0");
          facts.poll();
        }
      }
      sendOld(100);
      assertExactlyOnce();
    }
  }

  /** The same id by mistake: they fence each other without end, but never count wrong. */
  @Test
  void twoInstancesWithOneTransactionalId_stayExact() {
    CollectorRegistry second = new CollectorRegistry();
    try (IngestPipeline a = broker.pipeline("ingest-a", registry);
        IngestPipeline b = broker.pipeline("ingest-a", second)) {
      a.start();
      b.start();
      send(100);
      assertExactlyOnce();
    }
  }

  @Test
  void brokerAway_isUnhealthyWithACause_andNothingIsLost() {
    try (IngestPipeline pipeline = broker.pipeline("ingest-a", registry)) {
      pipeline.start();
      send(100);
      assertExactlyOnce();
      broker.kafka().stop();
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                assertThat(pipeline.health().state()).isEqualTo(IngestHealth.State.UNHEALTHY);
                assertThat(pipeline.health().cause()).contains("Timeout");
                assertThat(pipeline.health().isReady()).isFalse();
                assertThat(pipeline.health().isAlive()).isTrue();
              });
      broker.kafka().resume();
      send(100);
      assertExactlyOnce();
      await().atMost(PATIENCE).until(() -> pipeline.health().state() == IngestHealth.State.RUNNING);
    }
  }

  @Test
  void close_isPrompt_alsoWithoutBroker() {
    IngestPipeline pipeline = broker.pipeline("ingest-a", registry);
    pipeline.start();
    send(10);
    assertExactlyOnce();
    broker.kafka().stop();
    long start = System.nanoTime();
    pipeline.close();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(11));
    broker.kafka().resume();
  }
}

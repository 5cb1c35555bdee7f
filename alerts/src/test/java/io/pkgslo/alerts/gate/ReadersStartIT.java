// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pkgslo.alerts.ledger.LedgerReader;
import io.pkgslo.alerts.rollout.RolloutJson;
import io.pkgslo.broker.EmbeddedKafka;
import io.pkgslo.model.DegradeCheck;
import io.pkgslo.model.Topics;
import io.pkgslo.platform.KafkaSettings;
import io.pkgslo.platform.TopicAdmin;
import io.pkgslo.platform.TopicPlan;
import io.pkgslo.testing.Accounts;
import io.pkgslo.testing.NothingReceived;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What gates answer from, with a broker that is away when reading begins. */
class ReadersStartIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path dir;
  private final Clock clock = Clock.systemUTC();

  @Test
  void brokerIsAway_thenTopicsAre_readersSayWhy_andReadInTheEnd() throws Exception {
    int port = freePort();
    KafkaSettings kafka = impatient(port);
    AtomicInteger unreadableStates = new AtomicInteger();
    AtomicInteger unreadableDecisions = new AtomicInteger();
    try (ViewConsumer view = new ViewConsumer(kafka, clock, unreadableStates::incrementAndGet);
        LedgerReader ledger =
            new LedgerReader(kafka, clock, unreadableDecisions::incrementAndGet)) {
      Accounts.watch("readers", List.of(view.accounts(), ledger.accounts()));
      view.start();
      ledger.start();
      await().atMost(PATIENCE).until(() -> view.waitsFor() != null && ledger.waitsFor() != null);
      assertThat(view.waitsFor()).contains("Kafka does not answer yet");

      try (EmbeddedKafka broker = EmbeddedKafka.start(dir.resolve("kafka"), port)) {
        await()
            .atMost(PATIENCE)
            .until(() -> String.valueOf(view.waitsFor()).contains("does not exist"));
        assertThat(view.failure()).isNull();
        assertThat(ledger.failure()).isNull();

        new TopicAdmin(KafkaSettings.of(broker.bootstrapServers()), PATIENCE)
            .ensure(TopicPlan.of(1));
        byte[] garbage = "garbage".getBytes(StandardCharsets.UTF_8);
        send(broker, Topics.VERDICTS, garbage);
        send(broker, Topics.DECISIONS, garbage);
        sendDegradeCheck(broker);
        send(
            broker,
            Topics.VERDICTS,
            RolloutJson.mapper().writeValueAsBytes(TestRollouts.rollout("promote")));
        await().atMost(PATIENCE).until(() -> view.rollouts().size() == 1);
        await().atMost(PATIENCE).until(() -> ledger.waitsFor() == null);
        assertThat(view.waitsFor()).isNull();
        assertThat(view.failure()).isNull();
        assertThat(ledger.failure()).isNull();
        assertThat(unreadableStates).hasValue(1);
        assertThat(unreadableDecisions).hasValue(1);
        await()
            .atMost(PATIENCE)
            .untilAsserted(() -> assertThat(processedDecisions(ledger)).isEqualTo(1));
      }
    }
  }

  /** Nothing else would end their threads. */
  @Test
  @NothingReceived("there is no broker")
  void closedWhileTheyWait_readersEnd() throws IOException {
    KafkaSettings kafka = impatient(freePort());
    ViewConsumer view = new ViewConsumer(kafka, clock, () -> {});
    LedgerReader ledger = new LedgerReader(kafka, clock, () -> {});
    view.start();
    ledger.start();
    await().atMost(PATIENCE).until(() -> view.waitsFor() != null && ledger.waitsFor() != null);
    view.close();
    ledger.close();

    assertThat(view.failure()).isNull();
    assertThat(ledger.failure()).isNull();
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .map(Thread::getName)
                    .noneMatch(Set.of("pkgslo-view", "pkgslo-ledger")::contains));
  }

  private static double processedDecisions(LedgerReader ledger) {
    return ledger.accounts().collect().stream()
        .flatMap(family -> family.samples.stream())
        .filter(sample -> sample.name.equals("pkgslo_reader_records_processed_total"))
        .mapToDouble(sample -> sample.value)
        .sum();
  }

  private static KafkaSettings impatient(int port) {
    return KafkaSettings.of(
        Map.of(
            "bootstrap.servers", "127.0.0.1:" + port,
            "request.timeout.ms", "500",
            "default.api.timeout.ms", "1000",
            "allow.auto.create.topics", "false"));
  }

  /** Stands among the decisions, and is none. */
  private static void sendDegradeCheck(EmbeddedKafka broker) throws Exception {
    DegradeCheck event =
        new DegradeCheck(
            true, "shop", "1", "cart", "availability", Map.of(), "0.999", 60, 0.05, Instant.EPOCH);
    send(broker, Topics.DECISIONS, event.key(), event.toJson().getBytes(StandardCharsets.UTF_8));
  }

  private static void send(EmbeddedKafka broker, String topic, byte[] value) throws Exception {
    send(broker, topic, "r".getBytes(StandardCharsets.UTF_8), value);
  }

  private static void send(EmbeddedKafka broker, String topic, byte[] key, byte[] value)
      throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(topic, 0, key, value)).get();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}

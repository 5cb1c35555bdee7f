// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.act;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.pkgslo.alerts.gate.MovableClock;
import io.pkgslo.alerts.gate.TestRollouts;
import io.pkgslo.alerts.gate.alertmanager.FiringAlerts;
import io.pkgslo.alerts.rollout.RolloutJson;
import io.pkgslo.broker.EmbeddedKafka;
import io.pkgslo.model.Topics;
import io.pkgslo.platform.KafkaSettings;
import io.pkgslo.platform.TopicAdmin;
import io.pkgslo.platform.TopicPlan;
import io.pkgslo.testing.Accounts;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Verdicts on a real broker are told once, also over restarts; what fails is kept. */
class ActServiceIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path dir;
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final Set<String> keys = ConcurrentHashMap.newKeySet();
  private final AtomicReference<Runnable> beforeAnswer = new AtomicReference<>(() -> {});
  private final MovableClock clock = new MovableClock(TestRollouts.NOW);
  private volatile int status = 200;
  private HttpServer receiver;
  private EmbeddedKafka kafka;
  private final CollectorRegistry registry = new CollectorRegistry();
  private final ActMeters meters = new ActMeters(registry);
  private KafkaProducer<byte[], byte[]> producer;
  private ActService act;

  @BeforeEach
  void start() throws IOException {
    Accounts.watch("act", registry);
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          Runnable fault = beforeAnswer.getAndSet(() -> {});
          fault.run();
          keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
          told.add(
              body.replaceAll(".*\"version\":\"([^\"]+)\".*\"verdict\":\"([a-z]+)\".*", "$1 $2"));
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    receiver.start();
    kafka = EmbeddedKafka.start(dir.resolve("kafka"));
    new TopicAdmin(KafkaSettings.of(kafka.bootstrapServers()), PATIENCE).ensure(TopicPlan.of(2));
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  @AfterEach
  void stop() {
    act.close();
    producer.close();
    kafka.close();
    receiver.stop(0);
  }

  /** Also the first verdict after a first start, before the group has its partitions. */
  @Test
  void changes_areToldOnce_alsoOverARestart() {
    send("before", "rollback");
    startAct();
    send("first", "promote");
    awaitTold("first promote");

    act.close();
    send("second", "rollback");
    startAct();
    awaitTold("second rollback");
    send("second", "rollback");
    send("third", "promote");
    awaitTold("third promote");

    assertThat(told).doesNotContain("before rollback").doesNotHaveDuplicates();
  }

  /** What is told later if it lasts is not lost with the process that meant to tell it. */
  @Test
  void waitingChange_isToldAfterARestart() {
    startAct();
    send("v1", "promote");
    send("v1", "hold");
    awaitTold("v1 hold");
    send("v1", "promote");
    send("marker", "rollback");
    awaitTold("marker rollback");
    assertThat(told).containsExactly("v1 promote", "v1 hold", "marker rollback");

    act.close();
    startAct();
    send("another", "rollback");
    awaitTold("another rollback");
    assertThat(told).as("the cool-down goes on").hasSize(4);

    clock.move(Duration.ofMinutes(10));
    await().atMost(PATIENCE).until(() -> told.size() == 5);
    assertThat(told).last().isEqualTo("v1 promote");

    act.close();
    startAct();
    send("last", "rollback");
    awaitTold("last rollback");
    assertThat(told).as("told once").hasSize(6);
  }

  /** What did not last is not told after a restart either. */
  @Test
  void waitingChange_thatDidNotLast_isNotTold() {
    startAct();
    send("v1", "promote");
    send("v1", "hold");
    send("v1", "promote");
    send("v1", "rollback");
    awaitTold("v1 rollback");
    act.close();
    startAct();
    clock.move(Duration.ofMinutes(10));
    send("last", "rollback");
    awaitTold("last rollback");

    assertThat(told).containsExactly("v1 promote", "v1 hold", "v1 rollback", "last rollback");
  }

  /** A record that nobody can read says nothing of its rollout, and not that it is over. */
  @Test
  void unreadableRecord_isCounted_andEndsNothing() {
    startAct();
    send("v1", "rollback");
    awaitTold("v1 rollback");
    producer.send(
        new ProducerRecord<>(
            Topics.VERDICTS,
            "rollout-v1".getBytes(StandardCharsets.UTF_8),
            "garbage".getBytes(StandardCharsets.UTF_8)));
    send("v1", "rollback");

    String[] labels = {"reader", "topic"};
    String[] verdicts = {"act", Topics.VERDICTS};
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                registry.getSampleValue("pkgslo_reader_records_processed_total", labels, verdicts)
                    == 2);
    assertThat(told).containsExactly("v1 rollback");
    assertThat(
            registry.getSampleValue(
                "pkgslo_reader_records_dropped_total",
                new String[] {"reader", "topic", "reason"},
                new String[] {"act", Topics.VERDICTS, "unreadable"}))
        .isEqualTo(1);
  }

  @Test
  void broker_goesAndComes() {
    startAct();
    send("first", "promote");
    awaitTold("first promote");

    kafka.stop();
    kafka.resume();
    send("second", "rollback");

    awaitTold("second rollback");
    assertThat(told).doesNotHaveDuplicates();
    assertThat(act.failure()).isNull();
  }

  /** Thrown out of its group between a notice and its commit: told twice, as one notice. */
  @Test
  void fenced_tellsAgainUnderTheSameKey() throws Exception {
    startAct();
    send("first", "promote");
    awaitTold("first promote");
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      beforeAnswer.set(
          () -> {
            try {
              admin
                  .removeMembersFromConsumerGroup(
                      "act-test", new RemoveMembersFromConsumerGroupOptions())
                  .all()
                  .get();
            } catch (InterruptedException | ExecutionException e) {
              throw new AssertionError(e);
            }
          });
      send("second", "rollback");
      awaitTold("second rollback");
      send("third", "rollback");
      awaitTold("third rollback");
    }

    assertThat(new HashSet<>(told)).hasSize(3);
    assertThat(keys).as("one key for each change").hasSize(3);
  }

  private void awaitTold(String what) {
    await().atMost(PATIENCE).until(() -> told.contains(what));
  }

  @Test
  void undelivered_standsOnTheDeadLetterTopic() {
    startAct();
    status = 400;

    send("v9", "rollback");

    ConsumerRecord<byte[], byte[]> letter = deadLetterOf("v9");
    assertThat(header(letter, "reason")).isEqualTo("status 400");
    assertThat(header(letter, "stage")).isEqualTo("act");
    assertThat(header(letter, "target")).isEqualTo("127.0.0.1");
  }

  private ConsumerRecord<byte[], byte[]> deadLetterOf(String version) {
    String wanted = "\"version\":\"" + version + "\"";
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "group.id",
                "test",
                "auto.offset.reset",
                "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(Topics.UNDELIVERED));
      List<ConsumerRecord<byte[], byte[]>> letters = new CopyOnWriteArrayList<>();
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                for (ConsumerRecord<byte[], byte[]> letter :
                    consumer.poll(Duration.ofMillis(200))) {
                  if (text(letter.value()).contains(wanted)) {
                    letters.add(letter);
                  }
                }
                return !letters.isEmpty();
              });
      return letters.get(0);
    }
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "" : text(header.value());
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private void send(String version, String verdict) {
    String id = "rollout-" + version;
    try {
      producer.send(
          new ProducerRecord<>(
              Topics.VERDICTS,
              id.getBytes(StandardCharsets.UTF_8),
              RolloutJson.mapper()
                  .writeValueAsBytes(
                      TestRollouts.rollout(
                          id, "service-" + version, version, verdict, TestRollouts.NOW, null))));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    producer.flush();
  }

  private void startAct() {
    URI target = URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/");
    act =
        new ActService(
            new ActSettings(
                List.of(target),
                List.of(),
                "a secret of a receiver",
                false,
                Duration.ofMinutes(10),
                12,
                2,
                Duration.ofMillis(10),
                Duration.ofMillis(10),
                Duration.ofSeconds(5),
                ""),
            KafkaSettings.of(kafka.bootstrapServers()),
            "act-test",
            new FiringAlerts(clock),
            meters,
            clock);
    act.start();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pkgslo.alerts.gate.TestRollouts;
import io.pkgslo.alerts.judge.Policy;
import io.pkgslo.alerts.objective.DefaultObjectives;
import io.pkgslo.alerts.rollout.RolloutJson;
import io.pkgslo.broker.BrokerProcess;
import io.pkgslo.model.Topics;
import io.pkgslo.platform.KafkaSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A broker that takes requests and answers none, and one that is away, while alerts works. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no SIGSTOP")
class AlertsOutageIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir Path dir;

  @Test
  void silentThenAbsentBroker_isToldWithTheCause_andAlertsGoesOn() throws Exception {
    BrokerProcess broker = BrokerProcess.start(dir.resolve("kafka"), 0);
    String address = broker.bootstrapServers();
    try (AlertsPipeline alerts = pipeline(address)) {
      alerts.start(() -> {});
      await().atMost(PATIENCE).until(() -> alerts.isRunning() && alerts.waitsFor() == null);

      signal("-STOP", broker);
      awaitTold(alerts);
      signal("-CONT", broker);
      await("it goes on").atMost(PATIENCE).until(() -> alerts.waitsFor() == null);

      broker.close();
      awaitTold(alerts);
      broker = BrokerProcess.start(dir.resolve("kafka"), 0);
      assertThat(broker.bootstrapServers()).isEqualTo(address);
      await("it goes on").atMost(PATIENCE).until(() -> alerts.waitsFor() == null);
      sendVerdict(address);
      await().atMost(PATIENCE).until(() -> alerts.view().rollouts().size() == 1);
      assertThat(alerts.failure()).isNull();
    } finally {
      signal("-CONT", broker);
      broker.close();
    }
  }

  /** Not ready, and alive: a restart would not help. */
  private static void awaitTold(AlertsPipeline alerts) {
    await("it says why it stands still")
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(alerts.waitsFor())
                    .contains("reading", Topics.VERDICTS, "TimeoutException"));
    assertThat(alerts.failure()).isNull();
  }

  private static void signal(String signal, BrokerProcess broker)
      throws IOException, InterruptedException {
    new ProcessBuilder("kill", signal, Long.toString(broker.pid())).start().waitFor();
  }

  private static void sendVerdict(String broker) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      byte[] value = RolloutJson.mapper().writeValueAsBytes(TestRollouts.rollout("promote"));
      byte[] key = "r".getBytes(StandardCharsets.UTF_8);
      producer.send(new ProducerRecord<>(Topics.VERDICTS, 0, key, value)).get();
    }
  }

  private static AlertsPipeline pipeline(String kafka) {
    AlertsPipeline alerts =
        new AlertsPipeline(
            new AlertsSettings(
                KafkaSettings.of(kafka),
                2,
                "pkgslo-alerts",
                Duration.ofMillis(100),
                DefaultObjectives.all(),
                Policy.DEFAULT),
            Clock.systemUTC());
    Accounting.watch(alerts);
    return alerts;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pkgslo.alerts.judge.Policy;
import io.pkgslo.alerts.objective.ActiveObjectives;
import io.pkgslo.alerts.objective.DefaultObjectives;
import io.pkgslo.alerts.objective.LastGoodSet;
import io.pkgslo.alerts.objective.MetricBuckets;
import io.pkgslo.alerts.objective.ObjectiveFiles;
import io.pkgslo.alerts.objective.ObjectivePublisher;
import io.pkgslo.alerts.objective.Slo;
import io.pkgslo.alerts.objective.TestFiles;
import io.pkgslo.alerts.objective.live.FirstObjectives;
import io.pkgslo.broker.EmbeddedKafka;
import io.pkgslo.platform.KafkaSettings;
import io.pkgslo.platform.TopicAdmin;
import io.pkgslo.platform.TopicPlan;
import io.pkgslo.testing.NothingReceived;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alerts that comes up before its brokers. */
class AlertsStartIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path dir;

  @Test
  void withoutKafka_waits_saysWhy_andBeginsWhenItComes() throws IOException {
    int port = freePort();
    List<String> order = new CopyOnWriteArrayList<>();
    try (AlertsPipeline alerts = pipeline("127.0.0.1:" + port)) {
      alerts.start(() -> order.add(alerts.isRunning() ? "judging" : "before"));

      assertThat(alerts.isRunning()).isFalse();
      assertThat(alerts.waitsFor()).contains("127.0.0.1:" + port);
      assertThat(alerts.failure()).isNull();
      assertThat(alerts.view().rollouts()).isEmpty();

      try (EmbeddedKafka kafka = EmbeddedKafka.start(dir.resolve("kafka"), port)) {
        await().atMost(PATIENCE).until(alerts::isRunning);
        assertThat(kafka.isRunning()).isTrue();
        assertThat(alerts.waitsFor()).isNull();
        assertThat(alerts.failure()).isNull();
        assertThat(order).containsExactly("before");
      }
    }
  }

  /** A typo and an outage at once: neither may end what was in force. */
  @Test
  void brokenFilesWithoutKafka_waits_andGoesOnWithWhatWasInForce() throws IOException {
    int port = freePort();
    KafkaSettings settings = KafkaSettings.of("127.0.0.1:" + port);
    Path file = Files.createDirectory(dir.resolve("slo")).resolve("shop.yaml");
    Files.writeString(file, TestFiles.availability("shop", "0.95"));
    List<Slo> files = ObjectiveFiles.read(file).slos();
    List<Slo> inForce = ActiveObjectives.with(files);
    try (EmbeddedKafka kafka = EmbeddedKafka.start(dir.resolve("kafka"), port)) {
      assertThat(kafka.isRunning()).isTrue();
      new TopicAdmin(settings, Duration.ofSeconds(30)).ensure(TopicPlan.of(2));
      new ObjectivePublisher(settings, MetricBuckets.NONE, Clock.systemUTC()).publish(inForce);
    }
    Files.writeString(file, TestFiles.availability("shop", "1"));

    List<List<Slo>> first = new CopyOnWriteArrayList<>();
    try (AlertsPipeline alerts = pipeline("127.0.0.1:" + port)) {
      LastGoodSet lastGood = new LastGoodSet(settings);
      alerts.start(
          () -> {
            List<Slo> slos = FirstObjectives.of(dir.resolve("slo"), lastGood::read).slos();
            first.add(slos);
            return slos;
          },
          () -> {});
      assertThat(alerts.waitsFor()).contains("127.0.0.1:" + port);

      try (EmbeddedKafka kafka = EmbeddedKafka.start(dir.resolve("kafka"), port)) {
        await().atMost(PATIENCE).until(alerts::isRunning);
        assertThat(kafka.isRunning()).isTrue();
        assertThat(first).containsExactly(inForce);
        assertThat(new LastGoodSet(settings).read()).isEqualTo(files);
      }
    }
  }

  /** A service that is stopped while it waits must not begin afterwards, nor hold up the stop. */
  @Test
  @NothingReceived("there is no broker")
  void closedWhileItWaits_ends() throws IOException {
    AlertsPipeline alerts = pipeline("127.0.0.1:" + freePort());
    List<String> begun = new CopyOnWriteArrayList<>();
    alerts.start(() -> begun.add("begun"));
    alerts.close();

    assertThat(alerts.isRunning()).isFalse();
    assertThat(begun).isEmpty();
  }

  private AlertsPipeline pipeline(String kafka) {
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

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}

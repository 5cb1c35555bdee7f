// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A broker that answers late, and one that takes requests and does not answer at all. */
@EnabledIfSystemProperty(
    named = ChaosSettings.MINUTES,
    matches = ".+",
    disabledReason = "takes two minutes: a part of the long run, see CONTRIBUTING.md")
class SlowBrokerIT {
  /** Longer than any request, delivery of ingest or transaction may last. */
  private static final Duration SILENCE = Duration.ofSeconds(40);

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path directory;

  private final Clock clock = Clock.systemUTC();

  @Test
  void slowThenSilentBroker_isToldOf_andNothingIsLostOrDoubled() throws Exception {
    ChaosSettings settings = new ChaosSettings(815, Duration.ZERO, 60, 2, 0);
    Ledger ledger = new Ledger();
    try (Cluster cluster = new Cluster(directory);
        Delivery delivery = new Delivery(cluster.bootstrapServers())) {
      cluster.publish(Slo.all().stream().map(Slo::wire).toList());
      Generator generator = new Generator(settings, ledger, delivery, cluster.outages(), clock);
      generator.backlog();
      List<ServiceProcess> services = List.of(cluster.addAnalyzer(), cluster.addIngest());
      for (ServiceProcess service : services) {
        service.start();
      }
      generator.wave();
      awaitReady(services);
      try (SlowBroker slow = new SlowBroker(cluster)) {
        for (int wave = 0; wave < 4; wave++) {
          generator.wave();
        }
        assertThat(slow.pauses()).isGreaterThan(10);
      }
      generator.wave();
      silence(cluster, services);
      awaitReady(services);
      generator.wave();
      generator.finish();
      new Quiet(cluster, clock).assertEqual(ledger, settings);
    }
  }

  /** Not ready, with the cause, for as long as it lasts; alive, since a restart is of no use. */
  private void silence(Cluster cluster, List<ServiceProcess> services) throws Exception {
    long begin = clock.millis();
    cluster.freezeBroker();
    try {
      for (ServiceProcess service : services) {
        await(service.name() + " says why it stands still")
            .atMost(PATIENCE)
            .untilAsserted(
                () ->
                    assertThat(service.health("ready"))
                        .as(service.name())
                        .contains("\"DOWN\"", "\"cause\"", "imeout"));
      }
      await("longer than all timeouts")
          .atMost(PATIENCE)
          .until(() -> clock.millis() - begin > SILENCE.toMillis());
      for (ServiceProcess service : services) {
        assertThat(service.health("ready")).contains("\"DOWN\"", "\"cause\"");
        assertThat(service.health("live")).contains("\"UP\"").doesNotContain("\"DOWN\"");
      }
    } finally {
      cluster.thawBroker();
    }
  }

  private static void awaitReady(List<ServiceProcess> services) {
    for (ServiceProcess service : services) {
      await(service.name() + " is ready")
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertThat(service.health("ready")).contains("\"UP\"").doesNotContain("DOWN"));
    }
  }
}

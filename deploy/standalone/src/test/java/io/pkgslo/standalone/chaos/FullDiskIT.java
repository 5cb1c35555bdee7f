// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pkgslo.standalone.exact.Exposition;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * An analyzer whose state directory takes no more, while it works: by the system's own limit on the
 * length of files, which needs no rights and fails writes as a full disk does.
 */
@EnabledOnOs(OS.LINUX)
@EnabledIfSystemProperty(
    named = ChaosSettings.MINUTES,
    matches = ".+",
    disabledReason = "takes three minutes: a part of the long run, see CONTRIBUTING.md")
class FullDiskIT {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** Less than what is in memory when the state is written for the first time. */
  private static final long LARGEST_FILE_BYTES = 32 << 10;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path directory;

  private final Clock clock = Clock.systemUTC();

  @Test
  void fullDisk_stopsTheAnalyzerWithACause_andWithRoomItCountsOnExactly() throws Exception {
    ChaosSettings settings = new ChaosSettings(2611, Duration.ZERO, 60, 4, 0);
    Ledger ledger = new Ledger();
    try (Cluster cluster = new Cluster(directory);
        Delivery delivery = new Delivery(cluster.bootstrapServers())) {
      cluster.publish(Slo.all().stream().map(Slo::wire).toList());
      Generator generator = new Generator(settings, ledger, delivery, cluster.outages(), clock);
      generator.backlog();
      ServiceProcess analyzer = cluster.addAnalyzer();
      analyzer.start();
      cluster.addIngest().start();
      generator.wave();
      await("it counts").atMost(PATIENCE).until(() -> shows(analyzer));

      analyzer.limitFiles(LARGEST_FILE_BYTES);
      awaitStopped(analyzer, generator);
      // It answers, and shows nothing that it could not keep.
      assertThat(analyzer.health("ready")).contains("\"DOWN\"", "counting has stopped");
      assertThat(shows(analyzer)).isFalse();
      generator.wave();

      analyzer.stop();
      analyzer.start();
      generator.wave();
      generator.finish();
      new Quiet(cluster, clock).assertEqual(ledger, settings);
    }
  }

  private static void awaitStopped(ServiceProcess analyzer, Generator generator) {
    await("it has stopped and says why")
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              generator.wave();
              assertThat(analyzer.health("live"))
                  .contains("\"DOWN\"", "counting has stopped", "File too large");
            });
  }

  private static boolean shows(ServiceProcess analyzer) throws InterruptedException {
    Exposition scrape = analyzer.scrape();
    return scrape != null
        && scrape.samples().stream()
            .anyMatch(s -> s.name().equals("go_package_calls_total") && s.value() > 0);
  }
}

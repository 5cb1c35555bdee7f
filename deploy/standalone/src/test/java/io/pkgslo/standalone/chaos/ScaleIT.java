// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A second analyzer joins under load, works for a while and leaves, while somebody scrapes both: no
 * series is wrong, shown twice, steps back, or is away for longer than {@code docs/operations.md}
 * says.
 */
class ScaleIT {
  /** Ten seconds until the group gives up who left, and the restore, on a busy machine. */
  private static final long DOCUMENTED_PAUSE_MILLIS = 25_000;

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path directory;

  private final Clock clock = Clock.systemUTC();

  @Test
  void secondAnalyzer_joinsAndLeaves_withoutAnybodyNoticing() throws Exception {
    ChaosSettings settings = new ChaosSettings(4711, Duration.ofSeconds(30), 60, 4, 0);
    Ledger ledger = new Ledger();
    try (Cluster cluster = new Cluster(directory);
        Delivery delivery = new Delivery(cluster.bootstrapServers())) {
      cluster.publish(Slo.all().stream().map(Slo::wire).toList());
      Generator generator = new Generator(settings, ledger, delivery, cluster.outages(), clock);
      generator.backlog();
      cluster.addIngest().start();
      cluster.addAnalyzer().start();
      Watch watch = new Watch(cluster, clock);
      Thread watching = new Thread(watch, "watch");
      watching.start();
      waves(generator, 4);
      ServiceProcess second = cluster.addAnalyzer();
      second.start();
      await("the second one shows a part")
          .atMost(PATIENCE)
          .until(
              () -> {
                generator.wave();
                Union shown = Union.of(List.of(second));
                return shown != null && !shown.values().isEmpty();
              });
      waves(generator, 3);
      // It shows nothing any more, and the other one all of it, some seconds later.
      second.stop();
      cluster.analyzers().remove(second);
      waves(generator, 3);
      generator.finish();
      new Quiet(cluster, clock).assertEqual(ledger, settings);
      watch.end();
      watching.join();
      assertThat(watch.faults()).isEmpty();
      assertThat(watch.series()).isGreaterThan(500);
      assertThat(watch.longestGapMillis()).isLessThan(DOCUMENTED_PAUSE_MILLIS);
      System.out.printf(
          "scale: %d series, away for at most %d ms%n", watch.series(), watch.longestGapMillis());
    }
  }

  private static void waves(Generator generator, int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      generator.wave();
    }
  }
}

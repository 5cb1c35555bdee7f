// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes of ingest and two of the analyzer on a real broker are killed, frozen and
 * restarted, and so is the broker, while records come in any order, late, three times over and with
 * garbage between them. When it is quiet again, every counter, window and budget is the ledger's.
 *
 * <p>{@code -Dpkgslo.chaos.minutes=10} makes it a long run, {@code -Dpkgslo.chaos.seed} repeats
 * one.
 */
class ChaosIT {
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final Duration STOPS_WITHIN = Duration.ofSeconds(12);
  private static final int SHOWN_DIFFERENCES = 25;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path directory;

  private final Clock clock = Clock.systemUTC();
  private final Ledger ledger = new Ledger();

  @Test
  void everything_isCountedAsIfNothingHadHappened() throws Exception {
    ChaosSettings settings = ChaosSettings.configured();
    System.out.println(settings);
    try (Cluster cluster = new Cluster(directory);
        Delivery delivery = new Delivery(cluster.bootstrapServers())) {
      cluster.publish(Slo.all().stream().map(Slo::wire).toList());
      Generator generator = new Generator(settings, ledger, delivery, cluster.outages(), clock);
      generator.backlog();
      start(cluster);
      fire(settings, cluster, generator);
      generator.finish();
      long sentMillis = clock.millis();
      awaitComplete(cluster, sentMillis + 1_000);
      for (ServiceProcess ingest : cluster.ingests()) {
        IngestAccounts.assertBalanced(ingest.scrape());
      }
      stopIngests(cluster);
      Union quiet = awaitQuiet(cluster);
      assertThat(quiet.twice()).as("series shown by two analyzers").isEmpty();
      List<String> differences =
          quiet.differencesFrom(Expected.of(ledger, Slo.all(), quiet.watermarkMillis()));
      assertThat(differences.stream().limit(SHOWN_DIFFERENCES))
          .as("%d differences, of %d events; %s", differences.size(), ledger.size(), settings)
          .isEmpty();
      new DeadLetterCheck(cluster.bootstrapServers()).assertComplete(generator.poisonRecords());
      System.out.printf(
          "chaos: %d events, %d series equal the ledger%n", ledger.size(), quiet.values().size());
    }
  }

  private static void start(Cluster cluster) throws Exception {
    for (int i = 0; i < 2; i++) {
      cluster.addAnalyzer().start();
      cluster.addIngest().start();
    }
  }

  /** Waves of telemetry until the time is over and everything has happened. */
  private void fire(ChaosSettings settings, Cluster cluster, Generator generator) throws Exception {
    long endMillis = clock.millis() + settings.duration().toMillis();
    Havoc havoc = new Havoc(cluster, settings.seed());
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try {
      Future<?> faults =
          executor.submit(
              () -> {
                havoc.run(settings.faults());
                return null;
              });
      while (clock.millis() < endMillis || !faults.isDone()) {
        generator.wave();
        Thread.sleep(200);
      }
      faults.get();
    } finally {
      executor.shutdownNow();
    }
  }

  private void awaitComplete(Cluster cluster, long throughMillis) {
    await("everything up to " + throughMillis)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(
            () -> {
              Union union = Union.of(cluster.analyzers());
              assertThat(union).as("all analyzers answer").isNotNull();
              assertThat(union.isCompleteThrough(throughMillis))
                  .as("watermarks are %s, wanted %d", union.watermarkMillis(), throughMillis)
                  .isTrue();
            });
  }

  /** Without ingest no watermark moves any more, and what is shown can be compared. */
  private static void stopIngests(Cluster cluster) throws InterruptedException {
    for (ServiceProcess ingest : cluster.ingests()) {
      assertThat(ingest.stop()).as("SIGTERM of %s", ingest.name()).isLessThan(STOPS_WITHIN);
    }
  }

  private static Union awaitQuiet(Cluster cluster) {
    AtomicReference<Union> last = new AtomicReference<>();
    await("nothing changes any more")
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofSeconds(2))
        .until(
            () -> {
              Union now = Union.of(cluster.analyzers());
              Union before = last.getAndSet(now);
              return now != null
                  && now.equals(before)
                  && now.watermarkMillis().size() == Delivery.PARTITIONS;
            });
    return last.get();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.chaos;

import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes of ingest and two of the analyzer on a real broker are killed, frozen and
 * restarted, and so is the broker, while records come in any order, late, three times over and with
 * garbage between them. When it is quiet again, every counter, window and budget is the ledger's.
 *
 * <p>{@code -Dpkgslo.chaos.minutes=10} makes it a long run, {@code -Dpkgslo.chaos.seed} repeats
 * one, {@code -Dpkgslo.chaos.standbys=1} gives every analyzer a copy of the others' state.
 */
class ChaosIT {
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path directory;

  private final Clock clock = Clock.systemUTC();
  private final Ledger ledger = new Ledger();

  @Test
  void everything_isCountedAsIfNothingHadHappened() throws Exception {
    ChaosSettings settings = ChaosSettings.configured();
    System.out.println(settings);
    try (Cluster cluster = new Cluster(directory, settings.standbys());
        Delivery delivery = new Delivery(cluster.bootstrapServers())) {
      cluster.publish(Slo.all().stream().map(Slo::wire).toList());
      Generator generator = new Generator(settings, ledger, delivery, cluster.outages(), clock);
      generator.backlog();
      start(cluster);
      fire(settings, cluster, generator);
      generator.finish();
      new Quiet(cluster, clock).assertEqual(ledger, settings);
      new DeadLetterCheck(cluster.bootstrapServers()).assertComplete(generator.poisonRecords());
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
}

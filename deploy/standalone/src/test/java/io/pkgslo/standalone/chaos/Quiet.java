// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pkgslo.standalone.exact.Accounts;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** The end of a run: everything is read, nothing moves any more, and what is shown is compared. */
final class Quiet {
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  /** Of SIGTERM, with the end of the JVM. */
  static final Duration STOPS_WITHIN = Duration.ofSeconds(10);

  private static final int SHOWN_DIFFERENCES = 25;

  private final Cluster cluster;
  private final Clock clock;

  Quiet(Cluster cluster, Clock clock) {
    this.cluster = cluster;
    this.clock = clock;
  }

  /** Waits until all that was sent is counted, and compares every series with the ledger. */
  void assertEqual(Ledger ledger, ChaosSettings settings) throws Exception {
    awaitComplete(clock.millis() + 1_000);
    for (ServiceProcess ingest : cluster.ingests()) {
      Accounts.awaitBalance(ingest.name(), ingest::scrape);
    }
    stop(cluster.ingests());
    Union shown = awaitNothingMoves();
    for (ServiceProcess analyzer : cluster.analyzers()) {
      Accounts.awaitBalance(analyzer.name(), analyzer::scrape);
    }
    assertThat(shown.twice()).as("series shown by two analyzers").isEmpty();
    List<String> differences =
        shown.differencesFrom(Expected.of(ledger, Slo.all(), shown.watermarkMillis()));
    cluster.keep("differences.txt", differences);
    assertThat(differences.stream().limit(SHOWN_DIFFERENCES))
        .as("%d differences, of %d events; %s", differences.size(), ledger.size(), settings)
        .isEmpty();
    stop(cluster.analyzers());
    System.out.printf(
        "chaos: %d events, %d series equal the ledger%n", ledger.size(), shown.values().size());
  }

  private void awaitComplete(long throughMillis) {
    await("everything up to " + throughMillis)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(
            () -> {
              cluster.assertAlive();
              Union union = Union.of(cluster.analyzers());
              assertThat(union).as("all analyzers answer").isNotNull();
              assertThat(union.isCompleteThrough(throughMillis))
                  .as("watermarks are %s, wanted %d", union.watermarkMillis(), throughMillis)
                  .isTrue();
            });
  }

  /** Without ingest no watermark moves any more, and what is shown can be compared. */
  private static void stop(List<ServiceProcess> services) throws InterruptedException {
    for (ServiceProcess service : services) {
      assertThat(service.stop()).as("SIGTERM of %s", service.name()).isLessThan(STOPS_WITHIN);
    }
  }

  private Union awaitNothingMoves() {
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

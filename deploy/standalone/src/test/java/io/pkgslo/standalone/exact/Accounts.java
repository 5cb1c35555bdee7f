// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The identities that the processes promise about their own work. */
public final class Accounts {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration BETWEEN = Duration.ofMillis(50);

  private Accounts() {}

  /**
   * Asks a process that works until it has nothing in flight: then every record and item that it
   * ever read must be accounted for. What it shows is not of one moment, so a balance may be missed
   * in passing; but a record that is lost on the way is in flight for ever.
   */
  public static void awaitBalance(String process, Callable<@Nullable Exposition> scrape) {
    await("accounts of " + process)
        .atMost(PATIENCE)
        .pollInterval(BETWEEN)
        .untilAsserted(() -> assertBalanced(process, scrape.call()));
  }

  /** Of what a process shows when it has been closed: nothing is left over. */
  public static void assertBalanced(String process, @Nullable Exposition scrape) {
    assertThat(scrape).as("%s answers", process).isNotNull();
    assertThat(sum(scrape, "pkgslo_records_in_flight", record -> true))
        .as("records in flight in %s", process)
        .isZero();
    assertThat(sum(scrape, "pkgslo_records_received_total", record -> true))
        .as("records received by %s", process)
        .isPositive()
        .isEqualTo(
            sum(scrape, "pkgslo_records_processed_total", record -> true)
                + sum(scrape, "pkgslo_records_dead_lettered_total", record -> true)
                + sum(scrape, "pkgslo_records_retried_total", record -> true));
    assertThat(sum(scrape, "pkgslo_items_received_total", item -> true))
        .as("items received by %s", process)
        .isEqualTo(
            sum(scrape, "pkgslo_items_processed_total", item -> true)
                // The analyzer's drops are of items that ingest had processed.
                + sum(
                    scrape,
                    "pkgslo_items_dropped_total",
                    item -> !item.labels().containsKey("stage")));
  }

  private static double sum(Exposition scrape, String name, Predicate<Exposition.Sample> which) {
    return scrape.samples().stream()
        .filter(sample -> sample.name().equals(name))
        .filter(which)
        .mapToDouble(Exposition.Sample::value)
        .sum();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.standalone.exact.Exposition;
import org.jspecify.annotations.Nullable;

/** The identities that the processes promise about their own work. */
final class Accounts {
  private Accounts() {}

  static void assertIngestBalanced(@Nullable Exposition scrape) {
    assertThat(scrape).as("ingest answers").isNotNull();
    assertThat(sum(scrape, "pkgslo_records_received_total"))
        .as("records received")
        .isEqualTo(
            sum(scrape, "pkgslo_records_processed_total")
                + sum(scrape, "pkgslo_records_dead_lettered_total")
                + sum(scrape, "pkgslo_records_retried_total")
                + sum(scrape, "pkgslo_records_in_flight"));
    assertThat(sum(scrape, "pkgslo_items_received_total"))
        .as("items received")
        .isEqualTo(
            sum(scrape, "pkgslo_items_processed_total")
                + sum(scrape, "pkgslo_items_dropped_total"));
  }

  /** Of a process that has nothing to do, so that no number moves while it is read. */
  static void assertAnalyzerBalanced(@Nullable Exposition scrape) {
    assertThat(scrape).as("the analyzer answers").isNotNull();
    assertThat(sum(scrape, "pkgslo_records_received_total"))
        .as("records received by the analyzer")
        .isEqualTo(
            sum(scrape, "pkgslo_records_processed_total")
                + sum(scrape, "pkgslo_records_dead_lettered_total")
                + sum(scrape, "pkgslo_records_retried_total")
                + sum(scrape, "pkgslo_records_in_flight"));
  }

  private static double sum(@Nullable Exposition scrape, String name) {
    return scrape == null
        ? 0
        : scrape.samples().stream()
            .filter(sample -> sample.name().equals(name))
            .mapToDouble(Exposition.Sample::value)
            .sum();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.platform.streams.RecordAccounts;

/** The identity that alerts promises: what was received is processed, put aside or retried. */
public final class Accounting {
  private final RecordAccounts accounts;

  /**
   * @param accounts of a pipeline that is closed, or has nothing to do
   */
  public Accounting(RecordAccounts accounts) {
    this.accounts = accounts;
  }

  public void assertBalanced() {
    assertThat(sum("pkgslo_records_in_flight")).as("in flight").isZero();
    assertThat(sum("pkgslo_records_received_total"))
        .as("received")
        .isEqualTo(
            sum("pkgslo_records_processed_total")
                + sum("pkgslo_records_dead_lettered_total")
                + sum("pkgslo_records_retried_total"));
  }

  public double sum(String name) {
    return accounts.collect().stream()
        .flatMap(family -> family.samples.stream())
        .filter(sample -> sample.name.equals(name))
        .mapToDouble(sample -> sample.value)
        .sum();
  }
}

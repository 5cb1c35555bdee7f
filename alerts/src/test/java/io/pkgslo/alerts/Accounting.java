// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts;

import io.pkgslo.platform.streams.RecordAccounts;
import io.pkgslo.testing.Accounts;
import io.pkgslo.testing.Sample;
import java.util.List;

/** The identity that alerts promises: what was received is processed, put aside or retried. */
public final class Accounting {
  private final RecordAccounts accounts;

  /** Holds all that reads something in alerts to its account when the test is over. */
  public static void watch(AlertsPipeline alerts) {
    Accounts.watch("judge", List.of(alerts.accounts()));
    Accounts.watch("readers", alerts.readers());
  }

  /**
   * @param accounts of a pipeline that is closed, or has nothing to do
   */
  public Accounting(RecordAccounts accounts) {
    this.accounts = accounts;
  }

  public void assertBalanced() {
    Accounts.assertBalanced("alerts", Sample.of(accounts.collect()));
  }

  public double sum(String name) {
    return accounts.collect().stream()
        .flatMap(family -> family.samples.stream())
        .filter(sample -> sample.name.equals(name))
        .mapToDouble(sample -> sample.value)
        .sum();
  }
}

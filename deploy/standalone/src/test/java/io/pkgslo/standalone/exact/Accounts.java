// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pkgslo.testing.Sample;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
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
    List<Sample> samples =
        scrape.samples().stream()
            .map(sample -> new Sample(sample.name(), sample.labels(), sample.value()))
            .toList();
    assertThat(samples)
        .as("%s has received something", process)
        .anyMatch(sample -> sample.name().endsWith("_received_total") && sample.value() > 0);
    io.pkgslo.testing.Accounts.assertBalanced(process, samples);
  }
}

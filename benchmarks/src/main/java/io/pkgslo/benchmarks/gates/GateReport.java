// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks.gates;

import java.time.Duration;
import java.util.Locale;

/**
 * What a run has shown.
 *
 * @param spansPerSecond that were taken
 * @param looks from the close of a look to its verdict
 * @param hardStops from the last record of a crash to its verdict
 * @param unanswered crashes without a verdict when the run ended
 */
record GateReport(
    int services,
    double spansPerSecond,
    int requestsPerSecond,
    Duration duration,
    GateLoad load,
    Percentiles looks,
    Percentiles hardStops,
    int unanswered) {

  String text() {
    return String.format(
        Locale.ROOT,
        "%d services in rollout, %.0f spans/s, %d requests/s for %d s%n"
            + "answers of gates             %s%n"
            + "by status                    %s%n"
            + "close of a look to verdict   %s%n"
            + "last record to hard stop     %s; without a verdict: %d%n",
        services,
        spansPerSecond,
        requestsPerSecond,
        duration.toSeconds(),
        load.times(),
        load.outcomes(),
        looks,
        hardStops,
        unanswered);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one subject stands with one objective.
 *
 * @param labels that its series have: slo, service, version, package
 * @param valid events over the period, likewise {@code bad}
 * @param burnRates by window, such as {@code 1h}; without those that have no data
 * @param consumed share of the budget that is spent; null without data
 * @param secondsToExhaustion null while nothing burns
 * @param newestVersion the version of the service that was rolled out last; null when unknown
 */
public record SubjectNumbers(
    Map<String, String> labels,
    double valid,
    double bad,
    Map<String, Double> burnRates,
    @Nullable Double consumed,
    @Nullable Double secondsToExhaustion,
    @Nullable String newestVersion) {
  public SubjectNumbers {
    labels = Map.copyOf(labels);
    burnRates = Map.copyOf(burnRates);
  }
}

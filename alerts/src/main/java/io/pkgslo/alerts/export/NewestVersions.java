// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.export;

import io.pkgslo.alerts.rollout.RolloutView;
import io.prometheus.client.Collector;
import io.prometheus.client.GaugeMetricFamily;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The version of each service that was rolled out last, which is what an alert wants to know. */
public final class NewestVersions extends Collector {
  private static final double MILLIS_PER_SECOND = 1000;

  private final Supplier<List<RolloutView>> rollouts;

  /**
   * @param rollouts what is known of all rollouts right now, closed ones too
   */
  public NewestVersions(Supplier<List<RolloutView>> rollouts) {
    this.rollouts = rollouts;
  }

  @Override
  public List<MetricFamilySamples> collect() {
    GaugeMetricFamily family =
        new GaugeMetricFamily(
            "rollout_newest_timestamp_seconds",
            "When the newest rollout of a service began, open or closed",
            List.of("service", "version"));
    newest()
        .values()
        .forEach(
            rollout ->
                family.addMetric(
                    List.of(rollout.service(), rollout.version()),
                    rollout.openedAt().toEpochMilli() / MILLIS_PER_SECOND));
    return List.of(family);
  }

  private Map<String, RolloutView> newest() {
    Map<String, RolloutView> newest = new HashMap<>();
    for (RolloutView rollout : rollouts.get()) {
      newest.merge(
          rollout.service(), rollout, (a, b) -> b.openedAt().isAfter(a.openedAt()) ? b : a);
    }
    return new TreeMap<>(newest);
  }
}

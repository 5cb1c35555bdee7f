// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.export;

import io.pkgslo.alerts.objective.live.ObjectiveStatus;
import io.prometheus.client.Collector;
import io.prometheus.client.CounterMetricFamily;
import io.prometheus.client.GaugeMetricFamily;
import java.util.List;
import java.util.function.Supplier;

/** How the objective files and the set in force stand to each other. */
public final class ObjectiveFileMetrics extends Collector {
  private static final String CURRENT = "pkgslo_objective_files_current";
  private static final String ACTIVE = "pkgslo_objectives_active";
  private static final String READS = "pkgslo_objective_reads_total";
  private static final double MILLIS_PER_SECOND = 1_000;

  private final Supplier<ObjectiveStatus> status;

  public ObjectiveFileMetrics(Supplier<ObjectiveStatus> status) {
    this.status = status;
  }

  @Override
  public List<MetricFamilySamples> collect() {
    ObjectiveStatus now = status.get();
    CounterMetricFamily reads =
        new CounterMetricFamily(
            READS, "Times that objective files were read or published", List.of("result"));
    reads.addMetric(List.of("applied"), (double) now.applied());
    reads.addMetric(List.of("invalid"), (double) now.invalid());
    reads.addMetric(List.of("failed"), (double) now.failed());
    return List.of(
        new GaugeMetricFamily(
            CURRENT,
            "1 when what the objective files say is in force, 0 while an older set is",
            now.isCurrent() ? 1 : 0),
        new GaugeMetricFamily(ACTIVE, "Objectives in force", now.active()),
        new GaugeMetricFamily(
            "pkgslo_objectives_applied_timestamp_seconds",
            "When the set in force was published",
            now.since().toEpochMilli() / MILLIS_PER_SECOND),
        reads);
  }
}

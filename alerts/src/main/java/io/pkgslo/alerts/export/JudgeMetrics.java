// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.export;

import io.pkgslo.alerts.rollout.JudgeCounters;
import io.prometheus.client.Collector;
import io.prometheus.client.CounterMetricFamily;
import io.prometheus.client.GaugeMetricFamily;
import java.util.List;

/** What this instance's judge opened and left out, and how often it may err. */
public final class JudgeMetrics extends Collector {
  private final JudgeCounters counters;
  private final double alpha;

  /**
   * @param alpha probability that an innocent release is ever rolled back
   */
  public JudgeMetrics(JudgeCounters counters, double alpha) {
    this.counters = counters;
    this.alpha = alpha;
  }

  @Override
  public List<MetricFamilySamples> collect() {
    CounterMetricFamily dropped =
        new CounterMetricFamily(
            "pkgslo_judge_items_dropped", "What was left out of judging", List.of("reason"));
    dropped.addMetric(List.of("late-bucket"), (double) counters.lateBuckets());
    dropped.addMetric(List.of("unreadable-block"), (double) counters.unreadableBlocks());
    dropped.addMetric(List.of("unreadable-order"), (double) counters.unreadableOrders());
    dropped.addMetric(List.of("unknown-rollout"), (double) counters.unknownOrders());
    dropped.addMetric(List.of("unreadable-event"), (double) counters.unreadableEvents());
    dropped.addMetric(List.of("unreadable-state"), (double) counters.unreadableStates());
    dropped.addMetric(List.of("unreadable-decision"), (double) counters.unreadableDecisions());
    CounterMetricFamily opened =
        new CounterMetricFamily(
            "pkgslo_rollouts_opened",
            "Rollouts that were opened",
            (double) counters.openedRollouts());
    GaugeMetricFamily rate =
        new GaugeMetricFamily(
            "pkgslo_judge_alpha_ratio",
            "Probability that an innocent release is ever rolled back",
            alpha);
    CounterMetricFamily checks =
        new CounterMetricFamily(
            "pkgslo_judge_aa_checks",
            "Pods judged against pods of the same version: rollback is a false one",
            List.of("verdict"));
    checks.addMetric(List.of("clear"), (double) counters.aaClear());
    checks.addMetric(List.of("rollback"), (double) counters.aaRollbacks());
    return List.of(dropped, opened, rate, checks);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.export;

import io.pkgslo.alerts.rollout.Incidents;
import io.pkgslo.alerts.rollout.RolloutDetails;
import io.pkgslo.alerts.rollout.RolloutView;
import io.prometheus.client.Collector;
import io.prometheus.client.GaugeMetricFamily;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/**
 * {@code rollout_*} series of every open rollout, made at each scrape. A closed rollout has none,
 * so that the number of series follows what is being deployed and not what ever was.
 */
public final class VerdictMetrics extends Collector {
  private static final List<String> ARMS = List.of("service", "version", "baseline");
  private static final List<String> VERDICTS = List.of("promote", "hold", "rollback");
  private static final double MILLIS_PER_SECOND = 1000;

  private final Supplier<List<RolloutView>> rollouts;
  private final Clock clock;

  /**
   * @param rollouts what is known of all rollouts right now
   */
  public VerdictMetrics(Supplier<List<RolloutView>> rollouts, Clock clock) {
    this.rollouts = rollouts;
    this.clock = clock;
  }

  @Override
  public List<MetricFamilySamples> collect() {
    GaugeMetricFamily verdict =
        new GaugeMetricFamily(
            "rollout_verdict",
            "1 for the verdict of an open rollout, 0 for the others",
            List.of("service", "version", "baseline", "verdict"));
    GaugeMetricFamily code =
        family("rollout_verdict_code", "Verdict as a number: 1 promote, 0 hold, -1 rollback");
    GaugeMetricFamily sufficient =
        family("rollout_evidence_sufficient", "1 when the evidence suffices for more than hold");
    GaugeMetricFamily logE =
        family("rollout_evidence_log_e", "Natural logarithm of the evidence against the version");
    GaugeMetricFamily age =
        family("rollout_verdict_age_seconds", "Time since the end of the last minute judged");
    GaugeMetricFamily recovered =
        family("rollout_recovered", "1 when the harm of a rolled back release has ended");
    GaugeMetricFamily recovery =
        family("rollout_recovery_seconds", "From the rollback to the end of the harm");
    List<RolloutView> known = rollouts.get();
    for (RolloutView rollout : known) {
      if (rollout.closedAt() == null) {
        List<String> arms = List.of(rollout.service(), rollout.version(), rollout.baseline());
        for (String value : VERDICTS) {
          verdict.addMetric(
              List.of(rollout.service(), rollout.version(), rollout.baseline(), value),
              value.equals(rollout.verdict()) ? 1 : 0);
        }
        code.addMetric(arms, rollout.code());
        sufficient.addMetric(arms, rollout.evidenceSufficient() ? 1 : 0);
        logE.addMetric(arms, rollout.logE());
        age.addMetric(arms, ageSeconds(rollout));
        RolloutDetails details = rollout.details();
        if (details != null && details.recovered() != null) {
          recovered.addMetric(arms, details.recovered() ? 1 : 0);
        }
        if (details != null && details.recoverySeconds() != null) {
          recovery.addMetric(arms, details.recoverySeconds());
        }
      }
    }
    GaugeMetricFamily incidents =
        new GaugeMetricFamily(
            "rollout_incidents",
            "Failures that rollouts of several services show alike",
            Incidents.among(known).size());
    return List.of(verdict, code, sufficient, logE, age, recovered, recovery, incidents);
  }

  private static GaugeMetricFamily family(String name, String help) {
    return new GaugeMetricFamily(name, help, ARMS);
  }

  private double ageSeconds(RolloutView rollout) {
    Instant through = rollout.evaluatedThrough();
    Instant since = through == null ? rollout.openedAt() : through;
    return Math.max(0, clock.millis() - since.toEpochMilli()) / MILLIS_PER_SECOND;
  }
}

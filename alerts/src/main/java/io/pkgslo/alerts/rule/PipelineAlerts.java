// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Watches pkgslo itself: silence of the pipeline must not look like health of the services. */
final class PipelineAlerts {
  private PipelineAlerts() {}

  static RuleGroup group() {
    return new RuleGroup("pkgslo-pipeline", List.of(down(), lagging(), deadLetters(), rollback()));
  }

  private static AlertRule down() {
    return new AlertRule(
        "PkgsloDown",
        "(time() - max(pkgslo_heartbeat_seconds{stage=\"analyzer\"})) > 60"
            + " or absent(pkgslo_heartbeat_seconds{stage=\"analyzer\"})",
        "2m",
        Map.of("severity", "page"),
        annotations(
            "pkgslo has stopped: SLIs, budgets and verdicts are not being computed",
            "No analyzer has shown a heartbeat for a minute. Verdicts stay on hold until it is"
                + " back; nothing is lost while Kafka keeps the records."));
  }

  private static AlertRule lagging() {
    return new AlertRule(
        "PkgsloLagging",
        "max(pkgslo_event_time_lag_seconds) > 300",
        "5m",
        Map.of("severity", "ticket"),
        annotations(
            "pkgslo is {{ $value | humanizeDuration }} behind its input",
            "Counts stay exact but come late, and verdicts wait. Add instances, up to one per"
                + " partition."));
  }

  private static AlertRule deadLetters() {
    return new AlertRule(
        "PkgsloDeadLetters",
        "sum by (topic, reason) (increase(pkgslo_records_dead_lettered_total[10m])) > 0",
        null,
        Map.of("severity", "ticket"),
        annotations(
            "{{ $value | humanize }} records of {{ $labels.topic }} could not be read:"
                + " {{ $labels.reason }}",
            "The records stand unchanged in {{ $labels.topic }}.dlq with the reason in their"
                + " headers."));
  }

  private static AlertRule rollback() {
    return new AlertRule(
        "RolloutRollback",
        "rollout_verdict{verdict=\"rollback\"} == 1",
        null,
        Map.of("severity", "page"),
        annotations(
            "{{ $labels.service }} {{ $labels.version }} should be rolled back to"
                + " {{ $labels.baseline }}",
            "The evidence against the release is in pkgslo under /api/v1/rollouts."));
  }

  private static Map<String, String> annotations(String summary, String description) {
    Map<String, String> annotations = new LinkedHashMap<>();
    annotations.put("summary", summary);
    annotations.put("description", description);
    return annotations;
  }
}

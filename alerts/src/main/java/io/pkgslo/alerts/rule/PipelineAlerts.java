// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Watches pkgslo itself: silence of the pipeline must not look like health of the services. */
final class PipelineAlerts {
  private PipelineAlerts() {}

  static RuleGroup group() {
    return new RuleGroup(
        "pkgslo-pipeline",
        null,
        List.of(down(), notReady(), lagging(), deadLetters(), recordsLost(), rollback()));
  }

  private static AlertRule down() {
    return new AlertRule(
        "PkgsloDown",
        "(time() - max(pkgslo_heartbeat_seconds{stage=\"analyzer\"})) > 60"
            + " or absent(pkgslo_heartbeat_seconds{stage=\"analyzer\"})",
        "2m",
        null,
        Map.of("severity", "page"),
        annotations(
            words("pkgslo has stopped: SLIs, budgets and verdicts are not being computed"),
            words(
                "No analyzer has shown a heartbeat for a minute. Verdicts stay on hold until it is"
                    + " back; nothing is lost while Kafka keeps the records.")));
  }

  private static AlertRule lagging() {
    return new AlertRule(
        "PkgsloLagging",
        "max(pkgslo_event_time_lag_seconds) > 300",
        "5m",
        null,
        Map.of("severity", "ticket"),
        annotations(
            Text.builder().words("pkgslo is ").value(Format.DURATION).words(" behind its input"),
            words(
                "Counts stay exact but come late, and verdicts wait. Add instances, up to one per"
                    + " partition.")));
  }

  private static AlertRule deadLetters() {
    return new AlertRule(
        "PkgsloDeadLetters",
        "sum by (topic, reason) (" + grown("pkgslo_records_dead_lettered_total") + ") > 0",
        null,
        null,
        Map.of("severity", "ticket"),
        annotations(
            Text.builder()
                .value(Format.COUNT)
                .words(" records of ")
                .label("topic")
                .words(" could not be read: ")
                .label("reason"),
            Text.builder()
                .words("The records stand unchanged in ")
                .label("topic")
                .words(".dlq with the reason in their headers.")));
  }

  /** A stage that runs and does not turn, while another one does: PkgsloDown is silent then. */
  private static AlertRule notReady() {
    return new AlertRule(
        "PkgsloNotReady",
        "time() - max by (stage) (pkgslo_heartbeat_seconds{stage!=\"analyzer\"}) > 60",
        "2m",
        null,
        Map.of("severity", "ticket"),
        annotations(
            Text.builder()
                .words("pkgslo's stage ")
                .label("stage")
                .words(" has not turned for ")
                .value(Format.DURATION),
            words("/q/health/ready of the service names the cause.")));
  }

  private static AlertRule recordsLost() {
    return new AlertRule(
        "PkgsloRecordsLost",
        "sum by (topic) (" + grown("pkgslo_records_lost_total") + ") > 0",
        null,
        null,
        Map.of("severity", "page"),
        annotations(
            Text.builder().words("Kafka deleted records of ").label("topic").words(" unread"),
            words(
                "Retention was faster than reading: what they said is missing from all counts."
                    + " Give the topic a longer retention, or ingest more instances.")));
  }

  private static AlertRule rollback() {
    return new AlertRule(
        "RolloutRollback",
        "max by (service, version, baseline) (rollout_verdict{verdict=\"rollback\"}) == 1",
        null,
        null,
        Map.of("severity", "page"),
        annotations(
            Text.builder()
                .label("service")
                .words(" ")
                .label("version")
                .words(" should be rolled back to ")
                .label("baseline"),
            words("The evidence against the release is in pkgslo under /api/v1/rollouts.")));
  }

  /** increase() knows nothing of a series before its first sample, which is often the only one. */
  private static String grown(String counter) {
    return "(" + counter + " unless " + counter + " offset 10m) or increase(" + counter + "[10m])";
  }

  private static Text.Builder words(String words) {
    return Text.builder().words(words);
  }

  private static Map<String, Text> annotations(Text.Builder summary, Text.Builder description) {
    Map<String, Text> annotations = new LinkedHashMap<>();
    annotations.put("summary", summary.build());
    annotations.put("description", description.build());
    return annotations;
  }
}

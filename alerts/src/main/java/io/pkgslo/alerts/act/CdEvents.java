// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.act;

import io.pkgslo.alerts.gate.EvidenceLinks;
import io.pkgslo.alerts.rollout.RolloutView;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What a change is in CDEvents. The standard has no event for a verdict: a custom type carries it,
 * and a rollback is an incident besides. {@code service.rolledback} is for whoever acted.
 */
final class CdEvents {
  static final String DECISION = "dev.cdeventsx.pkgslo-rolloutdecision.rendered.0.1.0";
  static final String INCIDENT = "dev.cdevents.incident.detected.0.3.0";

  private static final String ROLLBACK = "rollback";

  private CdEvents() {}

  static List<CdEvent> of(VerdictChange change, EvidenceLinks links, String publicUrl) {
    RolloutView rollout = change.rollout();
    String source = publicUrl.isEmpty() ? "/pkgslo" : publicUrl;
    Instant time =
        rollout.evaluatedThrough() == null ? rollout.openedAt() : rollout.evaluatedThrough();
    List<CdEvent> events = new ArrayList<>();
    events.add(
        new CdEvent(id(change, DECISION), DECISION, source, time, decision(change, links, source)));
    if (rollout.verdict().equals(ROLLBACK)) {
      events.add(
          new CdEvent(id(change, INCIDENT), INCIDENT, source, time, incident(rollout, source)));
    }
    return events;
  }

  private static String id(VerdictChange change, String type) {
    String name = change.idempotencyKey() + type;
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static Map<String, Object> decision(
      VerdictChange change, EvidenceLinks links, String source) {
    RolloutView rollout = change.rollout();
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("service", rollout.service());
    content.put("version", rollout.version());
    content.put("baseline", rollout.baseline());
    content.put("verdict", rollout.verdict());
    if (change.previous() != null) {
      content.put("previousVerdict", change.previous());
    }
    content.put("rule", rollout.rule());
    content.put("reason", rollout.reason());
    content.put("evidenceUrl", links.of(rollout));
    return Map.of(
        "id", rollout.id(), "source", source, "type", "pkgslo-rolloutdecision", "content", content);
  }

  private static Map<String, Object> incident(RolloutView rollout, String source) {
    Map<String, Object> content =
        Map.of(
            "description", rollout.reason(),
            "service", Map.of("id", rollout.service(), "source", source));
    return Map.of("id", rollout.id(), "source", source, "content", content);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.act;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pkgslo.alerts.gate.EvidenceLinks;
import io.pkgslo.alerts.gate.alertmanager.FiringAlerts;
import io.pkgslo.alerts.rollout.RolloutJson;
import io.pkgslo.alerts.rollout.RolloutView;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a change for every target. */
final class Notices {
  static final String EVENT = "verdict-changed";

  private static final ObjectMapper JSON = RolloutJson.mapper();
  private static final String CLOUD_EVENTS = "application/cloudevents+json";

  private final ActSettings settings;
  private final FiringAlerts alerts;
  private final EvidenceLinks links;

  Notices(ActSettings settings, FiringAlerts alerts) {
    this.settings = settings;
    this.alerts = alerts;
    this.links = new EvidenceLinks(settings.publicUrl());
  }

  List<Notice> of(VerdictChange change) {
    List<Notice> notices = new ArrayList<>();
    String key = change.idempotencyKey();
    for (URI target : settings.webhooks()) {
      notices.add(new Notice(target, "application/json", EVENT, key, json(webhook(change))));
    }
    for (URI target : settings.cdevents()) {
      for (CdEvent event : CdEvents.of(change, links, settings.publicUrl())) {
        notices.add(
            new Notice(target, CLOUD_EVENTS, event.type(), event.id(), json(event.cloudEvent())));
      }
    }
    return notices;
  }

  private Map<String, Object> webhook(VerdictChange change) {
    RolloutView rollout = change.rollout();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("event", EVENT);
    body.put("idempotencyKey", change.idempotencyKey());
    body.put("service", rollout.service());
    body.put("version", rollout.version());
    body.put("baseline", rollout.baseline());
    body.put("verdict", rollout.verdict());
    body.put("code", rollout.code());
    if (change.previous() != null) {
      body.put("previousVerdict", change.previous());
    }
    body.put("rule", rollout.rule());
    body.put("reason", rollout.reason());
    if (rollout.goPackage() != null) {
      body.put("package", rollout.goPackage());
    }
    if (rollout.decisionId() != null) {
      body.put("decisionId", rollout.decisionId());
    }
    body.put("rollout", rollout.id());
    if (rollout.evaluatedThrough() != null) {
      body.put("evaluatedThrough", rollout.evaluatedThrough());
    }
    body.put("evidenceUrl", links.of(rollout));
    body.put("alerts", alerts.firing(rollout.service()));
    return body;
  }

  private static String json(Map<String, Object> body) {
    try {
      return JSON.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a notice cannot be written", e);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.alertmanager;

import com.fasterxml.jackson.databind.JsonNode;
import io.pkgslo.alerts.gate.http.Ask;
import io.pkgslo.alerts.gate.http.BadAsk;
import io.pkgslo.alerts.gate.http.Endpoint;
import io.pkgslo.alerts.gate.http.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * {@code POST /gates/alertmanager} takes notifications of version 4, {@code GET} shows what fires.
 * A notification is taken as a whole or not at all; when Alertmanager left alerts out of it, the
 * answer and the log say so, and nothing is concluded from those that are missing.
 */
public final class AlertmanagerGate {
  /** Where it is. */
  public static final String PATH = "/gates/alertmanager";

  private static final Logger LOG = Logger.getLogger(AlertmanagerGate.class);
  private static final String NAME = "alertmanager";
  private static final String VERSION = "4";

  private final FiringAlerts alerts;

  public AlertmanagerGate(FiringAlerts alerts) {
    this.alerts = alerts;
  }

  public List<Endpoint> endpoints() {
    return List.of(Endpoint.write(NAME, PATH, this::take), Endpoint.get(NAME, PATH, this::show));
  }

  private Reply take(Ask ask) {
    JsonNode body = ask.object();
    String version = body.path("version").asText("");
    if (!version.equals(VERSION)) {
      throw new BadAsk("expected a notification of version 4, not '" + version + "'");
    }
    if (!body.path("alerts").isArray()) {
      throw new BadAsk("expected an array of alerts");
    }
    List<Alert> told = new ArrayList<>();
    body.path("alerts").forEach(alert -> told.add(Alert.of(alert)));
    long news = told.stream().filter(alerts::hear).count();
    long truncated = body.path("truncatedAlerts").asLong(0);
    if (truncated > 0) {
      LOG.warnf("a notification of Alertmanager left %d alerts out", truncated);
    }
    return Reply.ok(Map.of("taken", told.size(), "new", news, "truncated", truncated));
  }

  private Reply show(Ask ask) {
    String service = ask.parameter("service");
    return Reply.ok(Map.of("alerts", service == null ? alerts.firing() : alerts.firing(service)));
  }
}

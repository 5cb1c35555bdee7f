// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate;

import io.pkgslo.alerts.gate.alertmanager.AlertmanagerGate;
import io.pkgslo.alerts.gate.alertmanager.FiringAlerts;
import io.pkgslo.alerts.gate.argo.ArgoGate;
import io.pkgslo.alerts.gate.flagger.FlaggerGate;
import io.pkgslo.alerts.gate.http.Endpoint;
import io.pkgslo.alerts.gate.kayenta.KayentaGate;
import io.pkgslo.alerts.gate.prometheus.PrometheusGate;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/** All gates over one view. */
public final class Gates {
  /** Labels of the gates' metrics. */
  public static final List<String> NAMES =
      List.of("argo", "kayenta", "flagger", "prometheus", "alertmanager", "openapi");

  private Gates() {}

  /**
   * @param alerts where the alerts go that Alertmanager tells
   */
  public static List<Endpoint> endpoints(
      StateView view, FiringAlerts alerts, GateSettings settings, Clock clock) {
    RolloutAnswers answers = new RolloutAnswers(view, clock, settings.limits());
    EvidenceLinks links = new EvidenceLinks(settings.publicUrl());
    return Stream.of(
            new ArgoGate(answers, links).endpoints(),
            new KayentaGate(answers, clock).endpoints(),
            new FlaggerGate(answers, new Sightings(view), links, clock).endpoints(),
            new PrometheusGate(answers, view, clock).endpoints(),
            new AlertmanagerGate(alerts).endpoints(),
            OpenApi.endpoints())
        .flatMap(List::stream)
        .toList();
  }
}

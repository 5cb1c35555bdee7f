// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate;

import io.pkgslo.alerts.gate.access.AccessGuards;
import io.pkgslo.alerts.gate.access.SecuritySettings;
import io.pkgslo.alerts.gate.alertmanager.FiringAlerts;
import io.pkgslo.alerts.gate.http.GateMeters;
import io.pkgslo.alerts.gate.http.GateServer;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Puts the gates on the application's HTTP port. */
@ApplicationScoped
class GateService {
  private final GateServer server;

  @Inject
  GateService(
      ViewConsumer consumer,
      FiringAlerts alerts,
      GateSettings settings,
      SecuritySettings security,
      GateMeters meters,
      Clock clock) {
    this.server =
        new GateServer(
            Gates.endpoints(consumer.view(), alerts, settings, clock),
            OpenApi.methods(),
            AccessGuards.of(security, clock),
            settings.maxBodyBytes(),
            meters,
            clock);
  }

  void register(@Observes Router router) {
    server.register(router);
  }

  /** What Alertmanager tells and others show. */
  @Singleton
  static class Shared {
    @Produces
    @Singleton
    FiringAlerts alerts(Clock clock) {
      return new FiringAlerts(clock);
    }
  }
}

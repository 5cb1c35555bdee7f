// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest;

import io.pkgslo.ingest.record.IngestHealth;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/** Ingest under {@code /q/health}: ready while facts flow, alive unless only a restart helps. */
final class IngestHealthChecks {
  private static final String NAME = "ingest";

  @Produces
  @Readiness
  @ApplicationScoped
  HealthCheck readiness(IngestService service) {
    return () -> response(service, true);
  }

  @Produces
  @Liveness
  @ApplicationScoped
  HealthCheck liveness(IngestService service) {
    return () -> response(service, false);
  }

  private static HealthCheckResponse response(IngestService service, boolean readiness) {
    HealthCheckResponseBuilder response = HealthCheckResponse.named(NAME);
    IngestHealth health = service.health();
    if (health == null) {
      return response.withData("state", "OFF").up().build();
    }
    response.withData("state", health.state().name());
    if (!health.cause().isEmpty()) {
      response.withData("cause", health.cause());
    }
    return response.status(readiness ? health.isReady() : health.isAlive()).build();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts;

import io.pkgslo.alerts.gate.GateSettings;
import io.pkgslo.alerts.gate.Gates;
import io.pkgslo.alerts.gate.StalenessLimits;
import io.pkgslo.alerts.gate.access.SecuritySettings;
import io.pkgslo.alerts.gate.http.GateMeters;
import io.prometheus.client.CollectorRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From configuration to the settings of the gates, checked on the way. */
final class GateConfiguration {
  @Produces
  @Singleton
  GateSettings gate(AlertsConfig config) {
    AlertsConfig.Gate gate = config.gate();
    return new GateSettings(
        gate.publicUrl().orElse(""),
        new StalenessLimits(gate.maxSilence(), gate.maxDataAge(), gate.maxLookAge()),
        gate.maxBodyBytes());
  }

  @Produces
  @Singleton
  StalenessLimits limits(GateSettings gate) {
    return gate.limits();
  }

  @Produces
  @Singleton
  GateMeters meters(CollectorRegistry registry) {
    return new GateMeters(registry, Gates.NAMES);
  }

  @Produces
  @Singleton
  SecuritySettings security(AlertsConfig config) {
    AlertsConfig.Security security = config.security();
    return new SecuritySettings(
        security.openReads(),
        security.tokens().orElse(List.of()),
        security.tokensFile().orElse(null),
        security.requestsPerSecond(),
        security.burst(),
        oidc(security.oidc()));
  }

  private static SecuritySettings.@Nullable Oidc oidc(AlertsConfig.Security.Oidc oidc) {
    return oidc.issuer()
        .map(
            issuer ->
                new SecuritySettings.Oidc(
                    issuer,
                    required(oidc.jwksUrl(), "jwks-url"),
                    required(oidc.audience(), "audience"),
                    oidc.rolesClaim()))
        .orElse(null);
  }

  private static String required(Optional<String> value, String name) {
    return value.orElseThrow(
        () ->
            new IllegalArgumentException(
                "pkgslo.alerts.security.oidc."
                    + name
                    + " is not set, expected one beside pkgslo.alerts.security.oidc.issuer"));
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.access;

import java.time.Clock;

/** Makes guards from settings. */
public final class AccessGuards {
  private AccessGuards() {}

  /**
   * @throws IllegalArgumentException if a setting is not understood
   */
  public static AccessGuard of(SecuritySettings settings, Clock clock) {
    SecuritySettings.Oidc oidc = settings.oidc();
    return new AccessGuard(
        new Tokens(settings.tokens(), settings.tokensFile(), clock),
        oidc == null ? null : new OidcTokens(oidc),
        new RateLimiter(settings.requestsPerSecond(), settings.burst(), clock),
        settings.openReads());
  }
}

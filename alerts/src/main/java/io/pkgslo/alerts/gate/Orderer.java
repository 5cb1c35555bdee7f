// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate;

import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** Who gives an order: the identity that was checked, and only without one what the body says. */
final class Orderer {
  private static final int MAX_LENGTH = 200;

  private Orderer() {}

  static String of(@Nullable SecurityContext security, @Nullable String said) {
    Principal principal = security == null ? null : security.getUserPrincipal();
    String who = principal == null ? said : principal.getName();
    if (who == null || who.isBlank()) {
      throw ApiError.of(400, "expected who gives the order: a token, or \"who\" in the body");
    }
    return who.length() > MAX_LENGTH ? who.substring(0, MAX_LENGTH) : who;
  }
}

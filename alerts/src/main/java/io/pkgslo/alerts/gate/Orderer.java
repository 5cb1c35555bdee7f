// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate;

import io.pkgslo.alerts.gate.access.Caller;
import io.pkgslo.alerts.gate.access.Role;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/**
 * Who gives an order: the caller that was checked at the door. Whom a tool says it speaks for is
 * added, since nobody checked it.
 */
final class Orderer {
  private static final int MAX_LENGTH = 200;

  private Orderer() {}

  static String of(RoutingContext context, @Nullable String said) {
    Caller caller = context.get(Caller.KEY);
    if (caller == null || caller.role() == null) {
      throw ApiError.of(401, "this needs a token: Authorization: Bearer ...");
    }
    String who = said == null ? caller.name() : caller.name() + " for " + said;
    return who.length() > MAX_LENGTH ? who.substring(0, MAX_LENGTH) : who;
  }

  /** What a rollout may cost is not for everybody who deploys. */
  static void requireAdmin(RoutingContext context) {
    Caller caller = context.get(Caller.KEY);
    if (caller == null || caller.role() != Role.ADMIN) {
      throw ApiError.of(403, "a budget is reset by an admin");
    }
  }
}

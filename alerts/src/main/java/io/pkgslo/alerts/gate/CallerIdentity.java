// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate;

import io.pkgslo.alerts.gate.access.Caller;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** Tells the resources under {@code /api} whose token it was, for the ledger. */
final class CallerIdentity {
  @ServerRequestFilter
  void identify(ContainerRequestContext request, RoutingContext http) {
    @Nullable Caller caller = http.get(Caller.KEY);
    if (caller != null && caller.role() != null) {
      request.setSecurityContext(new Identified(caller, request.getSecurityContext().isSecure()));
    }
  }

  private record Identified(Caller caller, boolean isSecure) implements SecurityContext {
    @Override
    public Principal getUserPrincipal() {
      return caller::name;
    }

    @Override
    public boolean isUserInRole(String role) {
      return caller.role() != null && caller.role().wireName().equals(role);
    }

    @Override
    public String getAuthenticationScheme() {
      return "Bearer";
    }
  }
}

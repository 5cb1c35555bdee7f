// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.http;

import io.pkgslo.alerts.gate.access.Caller;
import io.pkgslo.alerts.gate.access.Refusal;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sends JSON, and refusals with a trace in the audit log. */
final class Replies {
  private static final String ALERTMANAGER = "/gates/alertmanager";
  private static final String RETRY_AFTER = "Retry-After";

  /** With which JAX-RS serves something under {@code /api}; which path with which, it knows. */
  private static final List<String> OF_RESOURCES = List.of("GET", "POST");

  private final AuditLog audit;

  Replies(AuditLog audit) {
    this.audit = audit;
  }

  void send(RoutingContext context, int status, byte[] json, Map<String, String> headers) {
    HttpServerResponse response = context.response();
    if (response.ended() || response.closed()) {
      return;
    }
    headers.forEach(response::putHeader);
    response
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .putHeader("Cache-Control", "no-store")
        .end(Buffer.buffer(json));
  }

  void error(RoutingContext context, int status, String message) {
    send(context, status, FiniteJson.write(Map.of("error", message)), Map.of());
  }

  /**
   * @param retryAfterSeconds 0 when waiting does not help
   */
  void refuse(RoutingContext context, Refusal reason, String message, int retryAfterSeconds) {
    String path = context.normalizedPath();
    audit.refused(reason, caller(context), context.request().method().name(), path);
    Map<String, String> headers =
        switch (reason) {
          case NO_TOKEN, BAD_TOKEN -> Map.of("WWW-Authenticate", "Bearer realm=\"pkgslo\"");
          case RATE_LIMIT -> Map.of(RETRY_AFTER, Integer.toString(retryAfterSeconds));
          // The rest of the body would be taken for the next request; HTTP/2 knows where it ends,
          // and forbids the header (RFC 9113, 8.2.2).
          case TOO_LARGE ->
              context.request().version() == HttpVersion.HTTP_2
                  ? Map.of()
                  : Map.of("Connection", "close");
          case ROLE, MALFORMED, UNKNOWN_PATH, METHOD -> Map.of();
        };
    // Alertmanager drops a notification for any 4xx, also for 429, and repeats it for a 5xx.
    int status =
        reason == Refusal.RATE_LIMIT && path.startsWith(ALERTMANAGER) ? 503 : reason.status();
    Map<String, String> body = Map.of("error", message, "reason", reason.label());
    send(context, status, FiniteJson.write(body), headers);
  }

  /** A method that nothing here serves. */
  void wrongMethod(RoutingContext context, Paths paths) {
    Set<String> methods = paths.methods(context.normalizedPath());
    refuseMethod(context, methods.isEmpty() ? OF_RESOURCES : methods);
  }

  private void refuseMethod(RoutingContext context, Collection<String> methods) {
    context.response().putHeader("Allow", String.join(", ", methods));
    refuse(context, Refusal.METHOD, "this path does not serve that method", 0);
  }

  void notFound(RoutingContext context, Paths paths) {
    Set<String> methods = paths.methods(context.normalizedPath());
    if (!methods.isEmpty()) {
      refuseMethod(context, methods);
    } else {
      refuse(context, Refusal.UNKNOWN_PATH, "there is nothing at this path", 0);
    }
  }

  private static String caller(RoutingContext context) {
    @Nullable Caller caller = context.get(Caller.KEY);
    return caller == null ? AccessFilter.address(context) : caller.name();
  }
}

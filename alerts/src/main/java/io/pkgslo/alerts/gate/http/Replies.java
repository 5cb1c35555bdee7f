// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.http;

import io.pkgslo.alerts.gate.access.Caller;
import io.pkgslo.alerts.gate.access.Refusal;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sends JSON, and refusals with a trace in the audit log. */
final class Replies {
  private static final String ALERTMANAGER = "/gates/alertmanager";
  private static final String RETRY_AFTER = "Retry-After";

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

  /**
   * @param allowed the methods with which the path is served
   */
  void wrongMethod(RoutingContext context, Set<String> allowed) {
    context.response().putHeader("Allow", String.join(", ", allowed));
    refuse(context, Refusal.METHOD, "this path does not serve that method", 0);
  }

  void notFound(RoutingContext context) {
    refuse(context, Refusal.UNKNOWN_PATH, "there is nothing at this path", 0);
  }

  private static String caller(RoutingContext context) {
    @Nullable Caller caller = context.get(Caller.KEY);
    return caller == null ? AccessFilter.address(context) : caller.name();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.http;

import io.pkgslo.alerts.gate.access.AccessGuard;
import io.pkgslo.alerts.gate.access.Caller;
import io.pkgslo.alerts.gate.access.Credentials;
import io.pkgslo.alerts.gate.access.Need;
import io.pkgslo.alerts.gate.access.Refusal;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stands before every path of the API and of the gates, also those that JAX-RS serves: one place
 * for who may do what, for limits and for the audit.
 */
final class AccessFilter {
  /** Everything that belongs to the API. */
  static final List<String> PREFIXES =
      List.of("/api/*", "/gates/*", "/prometheus/*", "/openapi", "/openapi.yaml");

  // HEAD would be a 2xx with nothing in it, and JAX-RS answers it of itself, as it does OPTIONS.
  private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");
  private static final int BEFORE_ALL = -10_000;

  private final GuardCall guard;
  private final Paths paths;
  private final int maxBodyBytes;
  private final Replies replies;

  AccessFilter(GuardCall guard, Paths paths, int maxBodyBytes, Replies replies) {
    this.guard = guard;
    this.paths = paths;
    this.maxBodyBytes = maxBodyBytes;
    this.replies = replies;
  }

  void register(Router router) {
    for (int i = 0; i < PREFIXES.size(); i++) {
      router.route(PREFIXES.get(i)).order(BEFORE_ALL + i).handler(this::check);
    }
  }

  private void check(RoutingContext context) {
    if (!METHODS.contains(context.request().method().name())) {
      refuseMethod(context, paths.methods(context.normalizedPath()));
      return;
    }
    if (!isQueryReadable(context)) {
      replies.refuse(context, Refusal.MALFORMED, "the query is not URL-encoded", 0);
      return;
    }
    String token = Credentials.token(context.request().getHeader("Authorization"));
    Need need = paths.need(context.request().method().name(), context.normalizedPath());
    if (guard.isLater(token)) {
      // Nothing of the body may be lost until then; who reads it resumes.
      context.request().pause();
    }
    guard.decide(context, need, token, decision -> apply(context, decision));
  }

  private void refuseMethod(RoutingContext context, Set<String> allowed) {
    if (allowed.isEmpty()) {
      replies.notFound(context);
    } else {
      replies.wrongMethod(context, allowed);
    }
  }

  /** Whoever reads it later would answer with 400 and nothing in it. */
  private static boolean isQueryReadable(RoutingContext context) {
    try {
      context.queryParams();
      return true;
    } catch (HttpException e) {
      return false;
    }
  }

  private void apply(RoutingContext context, AccessGuard.Decision decision) {
    if (decision instanceof AccessGuard.Refused refused) {
      replies.refuse(context, refused.reason(), refused.message(), refused.retryAfterSeconds());
      // What is left of it, so that the connection can take the next request.
      context.request().resume();
    } else if (decision instanceof AccessGuard.Allowed allowed) {
      context.put(Caller.KEY, allowed.caller());
      Set<String> methods = paths.methods(context.normalizedPath());
      if (!methods.isEmpty() && !methods.contains(context.request().method().name())) {
        // JAX-RS would not say which ones are served.
        replies.wrongMethod(context, methods);
        context.request().resume();
      } else if (announcedBytes(context) > maxBodyBytes) {
        replies.refuse(
            context, Refusal.TOO_LARGE, "the body is longer than " + maxBodyBytes + " bytes", 0);
      } else {
        context.next();
      }
    }
  }

  private static long announcedBytes(RoutingContext context) {
    String length = context.request().getHeader("Content-Length");
    try {
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  static String address(RoutingContext context) {
    @Nullable SocketAddress remote = context.request().remoteAddress();
    return remote == null ? "unknown" : remote.hostAddress();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.http;

import io.pkgslo.alerts.gate.access.AccessGuard;
import io.pkgslo.alerts.gate.access.AccessGuard.Decision;
import io.pkgslo.alerts.gate.access.Caller;
import io.pkgslo.alerts.gate.access.Need;
import io.pkgslo.alerts.gate.access.Refusal;
import io.pkgslo.alerts.gate.http.GateMeters.Timer;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Puts endpoints on a router, behind the guard. Handlers run on the event loop: they answer from
 * memory, and a queue of workers would only add to the time.
 */
public final class GateServer {
  private static final Logger LOG = Logger.getLogger(GateServer.class);

  /** JAX-RS would take what is not found here, and know no other methods of the path. */
  private static final int BEFORE_JAX_RS = -5_000;

  /** Nothing else serves anything below these. */
  private static final List<String> OWN =
      List.of("/gates/*", "/prometheus/*", "/openapi", "/openapi.yaml");

  private final List<Endpoint> endpoints;
  private final Paths paths;
  private final AccessFilter filter;
  private final GuardCall guard;
  private final BodyReader bodies;
  private final Replies replies;
  private final GateMeters meters;

  /**
   * @param served methods by path, also of what others serve below the paths of the API
   * @param maxBodyBytes longest body that is read
   */
  public GateServer(
      List<Endpoint> endpoints,
      Map<String, Set<String>> served,
      AccessGuard guard,
      int maxBodyBytes,
      GateMeters meters,
      Clock clock) {
    this.endpoints = List.copyOf(endpoints);
    this.paths = new Paths(endpoints, served);
    this.meters = meters;
    this.bodies = new BodyReader(maxBodyBytes);
    this.replies = new Replies(new AuditLog(meters, clock));
    this.guard = new GuardCall(guard, replies);
    this.filter = new AccessFilter(this.guard, paths, maxBodyBytes, replies);
  }

  /** Adds all routes; once per router. */
  public void register(Router router) {
    filter.register(router);
    int order = BEFORE_JAX_RS;
    for (Endpoint endpoint : endpoints) {
      String path = endpoint.path().replaceAll("\\{([a-zA-Z]+)}", ":$1");
      for (String method : endpoint.methods()) {
        router
            .route(HttpMethod.valueOf(method), path)
            .order(order++)
            .handler(c -> read(endpoint, c));
      }
    }
    for (String prefix : OWN) {
      router.route(prefix).order(order++).handler(replies::notFound);
    }
  }

  private void read(Endpoint endpoint, RoutingContext context) {
    bodies.read(
        context,
        body -> answer(endpoint, context, body),
        () -> replies.refuse(context, Refusal.TOO_LARGE, "the body is too long", 0));
  }

  private void answer(Endpoint endpoint, RoutingContext context, byte[] body) {
    Timer timer = meters.begin(endpoint.gate());
    context.addEndHandler(sent -> timer.end());
    guarded(
        endpoint,
        context,
        () -> {
          Ask ask = ask(context, body);
          if (endpoint.need() == Need.READ_TOKEN_IN_BODY && isNobody(context)) {
            String token = ask.hasBody() ? Ask.text(ask.object().path("metadata"), "token") : null;
            guard.decide(context, Need.READ, token, d -> decided(endpoint, context, ask, d));
          } else {
            reply(endpoint, context, ask);
          }
        });
  }

  private void decided(Endpoint endpoint, RoutingContext context, Ask ask, Decision decision) {
    if (decision instanceof AccessGuard.Refused refused) {
      replies.refuse(context, refused.reason(), refused.message(), refused.retryAfterSeconds());
    } else {
      guarded(endpoint, context, () -> reply(endpoint, context, ask));
    }
  }

  private void reply(Endpoint endpoint, RoutingContext context, Ask ask) {
    Reply reply = endpoint.handler().apply(ask);
    replies.send(context, reply.status(), FiniteJson.write(reply.body()), reply.headers());
  }

  /** Whatever goes wrong is an answer in JSON, and never a 2xx. */
  private void guarded(Endpoint endpoint, RoutingContext context, Runnable work) {
    try {
      work.run();
    } catch (BadAsk e) {
      replies.refuse(context, Refusal.MALFORMED, e.expectation(), 0);
    } catch (RuntimeException e) {
      meters.failed(endpoint.gate());
      LOG.errorf(e, "%s %s failed", context.request().method(), endpoint.path());
      replies.error(context, 503, "internal failure; nothing is known about the rollout");
    }
  }

  private static boolean isNobody(RoutingContext context) {
    Caller caller = context.get(Caller.KEY);
    return caller == null || caller.role() == null;
  }

  private static Ask ask(RoutingContext context, byte[] body) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    MultiMap parameters = context.queryParams();
    for (String name : parameters.names()) {
      query.put(name, parameters.getAll(name));
    }
    Map<String, String> headers = new HashMap<>();
    context
        .request()
        .headers()
        .forEach((name, value) -> headers.putIfAbsent(name.toLowerCase(Locale.ROOT), value));
    return new Ask(context.pathParams(), query, headers, body);
  }
}

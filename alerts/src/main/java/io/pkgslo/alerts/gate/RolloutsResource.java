// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate;

import com.fasterxml.jackson.databind.JsonNode;
import io.pkgslo.alerts.judge.Incident;
import io.pkgslo.alerts.rollout.CdEvents;
import io.pkgslo.alerts.rollout.Incidents;
import io.pkgslo.alerts.rollout.Order;
import io.pkgslo.alerts.rollout.OrderKind;
import io.pkgslo.alerts.rollout.OrderPublisher;
import io.pkgslo.alerts.rollout.RolloutView;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What people and deployment tools say about rollouts, and what they may want to know about one. An
 * order is answered when it is stored; its effect shows in the rollout within moments.
 */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class RolloutsResource {
  private static final int MAX_AFFECTED = 100;
  private static final int ACCEPTED = 202;

  private final StateView view;
  private final OrderPublisher publisher;
  private final Clock clock;

  @Inject
  RolloutsResource(ViewConsumer consumer, OrderPublisher publisher, Clock clock) {
    this.view = consumer.view();
    this.publisher = publisher;
    this.clock = clock;
  }

  /**
   * A rollout and who is affected.
   *
   * @param affected callers of the package that decided, direct and through others, within the last
   *     hour; empty without such a package
   */
  public record RolloutAnswer(RolloutView rollout, List<GraphView.Caller> affected) {}

  /** One rollout. The verdict is as judged; {@code /api/v1/rollouts} also looks at its age. */
  @GET
  @Path("rollouts/{id}")
  public RolloutAnswer rollout(@PathParam("id") String id) {
    RolloutView rollout = find(id);
    String culprit = rollout.goPackage();
    List<GraphView.Caller> callers =
        culprit == null
            ? List.of()
            : new GraphView(view.subjects()).callersOf(rollout.service(), culprit);
    return new RolloutAnswer(rollout, callers.subList(0, Math.min(MAX_AFFECTED, callers.size())));
  }

  /** Failures that several services show at once. */
  @GET
  @Path("incidents")
  public Map<String, List<Incident>> incidents() {
    return Map.of("incidents", Incidents.among(view.rollouts()));
  }

  /** A deploy marker: a deployment begins, goes on with another share of calls, or has ended. */
  @POST
  @Path("rollouts")
  public Response deploy(byte[] body, @Context RoutingContext context) {
    DeployRequest request = DeployRequest.parse(body);
    return publish(
        Order.ofDeployment(
            UUID.randomUUID().toString(),
            request.deployment(),
            Orderer.of(context, request.who()),
            request.why(),
            clock.millis()));
  }

  /** What a person decides: {@code {"answer": "approve-rollback", "why": "..."}}. */
  @POST
  @Path("rollouts/{id}/overrides")
  public Response override(
      @PathParam("id") String id, byte[] body, @Context RoutingContext context) {
    JsonNode json = DeployRequest.object(body);
    String answer = DeployRequest.text(json, "answer");
    OrderKind kind = answer == null ? null : OrderKind.of(answer);
    if (kind == null || kind == OrderKind.OPEN || kind == OrderKind.CLOSE) {
      throw ApiError.of(400, "answer: expected one of " + answers());
    }
    String why = DeployRequest.text(json, "why");
    if (why == null) {
      throw ApiError.of(400, "why: expected a reason, for those who read the ledger");
    }
    if (kind == OrderKind.RESET_BUDGET) {
      Orderer.requireAdmin(context);
    }
    String who = Orderer.of(context, DeployRequest.text(json, "who"));
    return publish(
        Order.ofPerson(UUID.randomUUID().toString(), kind, find(id), who, why, clock.millis()));
  }

  private static String answers() {
    return Arrays.stream(OrderKind.values())
        .filter(kind -> kind != OrderKind.OPEN && kind != OrderKind.CLOSE)
        .map(OrderKind::wireName)
        .collect(Collectors.joining(", "));
  }

  /** A CDEvent about a service, in binary or structured mode. */
  @POST
  @Path("events")
  public Response event(
      byte[] body,
      @HeaderParam("ce-type") @Nullable String type,
      @HeaderParam("ce-id") @Nullable String id,
      @Context RoutingContext context) {
    CdEvents.Event event;
    try {
      event = CdEvents.parse(body, type, id);
    } catch (IllegalArgumentException e) {
      throw ApiError.of(400, String.valueOf(e.getMessage()));
    }
    Order.Deployment deployment = event.deployment();
    if (deployment == null) {
      return Response.status(ACCEPTED)
          .entity(Map.of("id", event.id(), "stored", false, "reason", event.reason()))
          .build();
    }
    return publish(
        Order.ofDeployment(
            event.id(),
            deployment,
            Orderer.of(context, event.source()),
            event.reason(),
            clock.millis()));
  }

  private RolloutView find(String id) {
    return view.rollouts().stream()
        .filter(rollout -> rollout.id().equals(id))
        .findFirst()
        .orElseThrow(() -> ApiError.of(404, "no rollout " + id + " is known"));
  }

  private Response publish(Order order) {
    try {
      publisher.publish(order);
    } catch (IOException e) {
      throw ApiError.of(503, String.valueOf(e.getMessage()));
    }
    return Response.status(ACCEPTED)
        .entity(Map.of("id", order.id(), "stored", true, "kind", order.kind().wireName()))
        .build();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.pkgslo.model.wire.CallerEdge;
import io.pkgslo.model.wire.SubjectState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which package called which within the last hour, over all versions, as far as the bounded lists
 * of callers reach. Says who is affected by a faulty package: whoever calls it, and whoever calls
 * those.
 */
final class GraphView {
  static final int MAX_CALLERS = 1_000;

  private static final double NANOS_PER_SECOND = 1e9;

  private final Map<Node, Map<Node, Edge>> callersOf = new HashMap<>();

  /** A package of a service. */
  public record Node(String service, @JsonProperty("package") String goPackage) {}

  /**
   * Someone who calls the package that was asked for.
   *
   * @param hops 1 for a direct caller; of several ways the shortest
   * @param calls of {@code callee} by this package, within the last hour; likewise the others
   * @param callee what it calls on the way; the package that was asked for when {@code hops} is 1
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Caller(
      String service,
      @JsonProperty("package") String goPackage,
      int hops,
      Node callee,
      long calls,
      long errors,
      double selfSeconds,
      @Nullable String exampleTraceId) {}

  private record Edge(long calls, long errors, long selfNanos, String exampleTraceId) {
    Edge plus(Edge other) {
      boolean mine = errors > 0 || other.errors == 0;
      String example = mine && !exampleTraceId.isEmpty() ? exampleTraceId : other.exampleTraceId;
      return new Edge(
          calls + other.calls, errors + other.errors, selfNanos + other.selfNanos, example);
    }
  }

  private record Reached(Node node, int hops) {}

  GraphView(List<SubjectState> subjects) {
    for (SubjectState subject : subjects) {
      Node callee = new Node(subject.getService(), subject.getPackage());
      for (CallerEdge edge : subject.getCallerList()) {
        callersOf
            .computeIfAbsent(callee, c -> new HashMap<>())
            .merge(
                new Node(edge.getService(), edge.getPackage()),
                new Edge(
                    edge.getCalls(),
                    edge.getErrors(),
                    edge.getSelfNanos(),
                    edge.getExampleTraceId()),
                Edge::plus);
      }
    }
  }

  /**
   * Direct callers, most calls first, then theirs, and so on; each package once, the one that was
   * asked for never. One more than {@link #MAX_CALLERS} tells that there are more.
   */
  List<Caller> callersOf(String service, String goPackage) {
    Node asked = new Node(service, goPackage);
    List<Caller> callers = new ArrayList<>();
    Set<Node> known = new HashSet<>(Set.of(asked));
    Deque<Reached> next = new ArrayDeque<>(List.of(new Reached(asked, 0)));
    while (!next.isEmpty() && callers.size() <= MAX_CALLERS) {
      Reached callee = next.remove();
      callersOf.getOrDefault(callee.node(), Map.of()).entrySet().stream()
          .sorted(GraphView::mostCallsFirst)
          .filter(entry -> known.add(entry.getKey()))
          .forEach(
              entry -> {
                callers.add(caller(entry.getKey(), callee, entry.getValue()));
                next.add(new Reached(entry.getKey(), callee.hops() + 1));
              });
    }
    return callers.subList(0, Math.min(callers.size(), MAX_CALLERS + 1));
  }

  private static int mostCallsFirst(Map.Entry<Node, Edge> a, Map.Entry<Node, Edge> b) {
    int byCalls = Long.compare(b.getValue().calls(), a.getValue().calls());
    if (byCalls != 0) {
      return byCalls;
    }
    int byService = a.getKey().service().compareTo(b.getKey().service());
    return byService != 0 ? byService : a.getKey().goPackage().compareTo(b.getKey().goPackage());
  }

  private static Caller caller(Node node, Reached callee, Edge edge) {
    return new Caller(
        node.service(),
        node.goPackage(),
        callee.hops() + 1,
        callee.node(),
        edge.calls(),
        edge.errors(),
        edge.selfNanos() / NANOS_PER_SECOND,
        edge.exampleTraceId().isEmpty() ? null : edge.exampleTraceId());
  }
}

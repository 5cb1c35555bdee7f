// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.http;

import io.pkgslo.alerts.gate.access.Need;
import java.util.Set;
import java.util.function.Function;

/**
 * One path of a gate.
 *
 * @param gate short name, label of the gate's metrics
 * @param methods that are served; HEAD is not needed by anyone
 * @param path with placeholders such as {@code {id}}
 * @param need what a caller must be allowed to
 * @param handler must answer from memory: it runs on the event loop
 */
public record Endpoint(
    String gate, Set<String> methods, String path, Need need, Function<Ask, Reply> handler) {
  public Endpoint {
    methods = Set.copyOf(methods);
  }

  public static Endpoint get(String gate, String path, Function<Ask, Reply> handler) {
    return new Endpoint(gate, Set.of("GET"), path, Need.READ, handler);
  }

  /** A question with a body: it changes nothing, so it needs no more than reading. */
  public static Endpoint ask(String gate, String path, Function<Ask, Reply> handler) {
    return new Endpoint(gate, Set.of("POST"), path, Need.READ, handler);
  }

  /** Something that changes what pkgslo knows. */
  public static Endpoint write(String gate, String path, Function<Ask, Reply> handler) {
    return new Endpoint(gate, Set.of("POST"), path, Need.OPERATE, handler);
  }
}

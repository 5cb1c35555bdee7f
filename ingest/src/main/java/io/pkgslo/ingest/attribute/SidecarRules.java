// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import java.util.List;
import java.util.Map;

/**
 * How to recognise the spans that a mesh's sidecar reports under the service's name.
 *
 * @param scopes names of instrumentation scopes
 * @param attributes span attributes and their text value; one that fits is enough
 */
public record SidecarRules(List<String> scopes, Map<String, String> attributes) {
  /** Envoy, and so Istio, marks its spans with {@code component=proxy}. */
  public static final SidecarRules DEFAULT =
      new SidecarRules(List.of(), Map.of("component", "proxy"));

  public SidecarRules {
    scopes = List.copyOf(scopes);
    attributes = Map.copyOf(attributes);
  }
}

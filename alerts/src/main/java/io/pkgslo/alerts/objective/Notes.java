// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What people say about an objective; nothing is counted by it.
 *
 * @param service the OpenSLO Service that the objective belongs to; null for the built-in ones
 * @param description why the objective exists; null when nobody said so
 * @param owner whom to ask; null when nobody said so
 * @param runbookUrl what to do; null when there is none
 * @param labels of the document, each with one value or more, in its order
 * @param annotations of others, in the document's order; those of pkgslo are read into the
 *     objective
 */
public record Notes(
    @Nullable String service,
    @Nullable String description,
    @Nullable String owner,
    @Nullable String runbookUrl,
    Map<String, List<String>> labels,
    Map<String, List<String>> annotations) {
  /** Nothing. */
  public static final Notes NONE = new Notes(null, null, null, null, Map.of(), Map.of());

  public Notes {
    labels = copy(labels);
    annotations = copy(annotations);
  }

  private static Map<String, List<String>> copy(Map<String, List<String>> map) {
    Map<String, List<String>> copy = new LinkedHashMap<>();
    map.forEach((key, values) -> copy.put(key, List.copyOf(values)));
    return Collections.unmodifiableMap(copy);
  }

  /** Nothing but a runbook. */
  static Notes runbook(@Nullable String url) {
    return new Notes(null, null, null, url, Map.of(), Map.of());
  }
}

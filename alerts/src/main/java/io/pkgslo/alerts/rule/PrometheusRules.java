// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Groups as resources of the Prometheus Operator. One document per group: an objective's is some
 * ten kilobytes, and Kubernetes refuses objects above a megabyte.
 */
final class PrometheusRules {
  @JsonPropertyOrder({"apiVersion", "kind", "metadata", "spec"})
  private record Document(String apiVersion, String kind, Metadata metadata, Spec spec) {}

  @JsonPropertyOrder({"name", "labels"})
  private record Metadata(String name, Map<String, String> labels) {}

  private record Spec(List<RuleGroup> groups) {}

  private PrometheusRules() {}

  /** Names of groups are names of resources: lower-case letters, digits and dashes. */
  static String of(List<RuleGroup> groups) {
    return groups.stream()
        .map(PrometheusRules::document)
        .map(YamlText::of)
        .collect(Collectors.joining("---\n"));
  }

  private static Document document(RuleGroup group) {
    return new Document(
        "monitoring.coreos.com/v1",
        "PrometheusRule",
        new Metadata(group.name(), Map.of("app.kubernetes.io/part-of", "pkgslo")),
        new Spec(List.of(group)));
  }
}

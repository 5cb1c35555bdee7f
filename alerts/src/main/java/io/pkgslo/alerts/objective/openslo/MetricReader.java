// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.openslo;

import io.pkgslo.alerts.objective.promql.Promql;
import io.pkgslo.alerts.objective.yaml.YamlMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** Metrics of an SLI: what kind of source they ask, and what they ask it. */
final class MetricReader {
  /** Sources that are known. */
  enum Source {
    PKGSLO("pkgslo"),
    PROMETHEUS("prometheus");

    private final String word;

    Source(String word) {
      this.word = word;
    }
  }

  /**
   * One metric.
   *
   * @param spec a mapping whose keys the source defines
   */
  record Metric(Source source, YamlMap spec) {}

  private static final String EXPECTED = "type: pkgslo or prometheus";

  private final References references;
  private final Dialect dialect;

  MetricReader(References references, Dialect dialect) {
    this.references = references;
    this.dialect = dialect;
  }

  /** Reads the metric at {@code key}, which must be there; null when not valid, and reported. */
  @Nullable Metric read(YamlMap parent, String key) {
    return switch (dialect) {
      case V1 -> v1(parent, key);
      case V2ALPHA -> v2alpha(parent, key);
    };
  }

  private @Nullable Metric v1(YamlMap parent, String key) {
    YamlMap metric = parent.requiredMap(key, "a mapping with a metricSource", "metricSource");
    YamlMap source =
        metric == null
            ? null
            : metric.requiredMap(
                "metricSource", "a mapping with a spec", "metricSourceRef", "type", "spec");
    if (source == null) {
      return null;
    }
    Source declared = source.has("type") ? source(source) : null;
    Source referenced =
        source.has("metricSourceRef") ? referenced(source, "metricSourceRef") : null;
    if (!source.has("type") && !source.has("metricSourceRef")) {
      source.required("type", "pkgslo or prometheus, or a metricSourceRef");
      return null;
    }
    if (declared != null && referenced != null && declared != referenced) {
      source.error(
          "type", "type is another than that of the DataSource, expected " + referenced.word);
      return null;
    }
    Source known = declared == null ? referenced : declared;
    boolean sound =
        (declared != null || !source.has("type"))
            && (referenced != null || !source.has("metricSourceRef"));
    return sound && known != null ? metric(known, source) : null;
  }

  private @Nullable Metric v2alpha(YamlMap parent, String key) {
    YamlMap metric =
        parent.requiredMap(key, "a mapping with a spec", "dataSourceRef", "dataSourceSpec", "spec");
    if (metric == null) {
      return null;
    }
    if (metric.has("dataSourceRef") == metric.has("dataSourceSpec")) {
      metric.error(
          "dataSourceSpec",
          (metric.has("dataSourceRef") ? "both" : "neither of")
              + " dataSourceRef and dataSourceSpec, expected one");
      return null;
    }
    Source source;
    if (metric.has("dataSourceRef")) {
      source = referenced(metric, "dataSourceRef");
    } else {
      YamlMap spec = metric.map("dataSourceSpec", "description", "type", "connectionDetails");
      source = spec == null || spec.requiredText("type", EXPECTED) == null ? null : source(spec);
    }
    return source == null ? null : metric(source, metric);
  }

  private static @Nullable Metric metric(Source source, YamlMap parent) {
    Node spec = parent.required("spec", "a mapping");
    YamlMap map = spec == null ? null : YamlMap.open(spec, parent.name("spec"), parent.problems());
    return map == null ? null : new Metric(source, map);
  }

  private @Nullable Source referenced(YamlMap map, String key) {
    OpenSloDocument document = references.resolve(map, key, Kind.DATA_SOURCE);
    if (document == null || !(document.body().get("spec") instanceof MappingNode spec)) {
      return null; // What is wrong with it is reported there.
    }
    YamlMap open = YamlMap.open(spec, "spec", document.problems());
    return open == null ? null : source(open);
  }

  private static @Nullable Source source(YamlMap map) {
    String type = map.text("type");
    for (Source source : Source.values()) {
      if (source.word.equalsIgnoreCase(type)) {
        return source;
      }
    }
    if (type != null) {
      map.unexpected("type", "pkgslo or prometheus: no other source can be counted or asked");
    }
    return null;
  }

  /** The query of a Prometheus metric; null when there is none, and reported. */
  static @Nullable String query(Metric metric) {
    YamlMap spec =
        YamlMap.of(metric.spec().node(), "spec", metric.spec().problems(), "query", "promql");
    if (spec == null) {
      return null;
    }
    List<String> keys = List.of("query", "promql");
    if (keys.stream().filter(spec::has).count() != 1) {
      spec.error("promql", "no query, or two, expected query: and PromQL");
      return null;
    }
    String key = spec.has("query") ? "query" : "promql";
    String query = spec.text(key);
    String fault = query == null ? null : Promql.fault(query.strip());
    if (fault != null) {
      spec.error(key, "the query has " + fault);
    }
    return query == null || fault != null ? null : Promql.withoutComments(query);
  }
}

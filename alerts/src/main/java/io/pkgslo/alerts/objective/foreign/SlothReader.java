// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.foreign;

import io.pkgslo.alerts.objective.Alerting;
import io.pkgslo.alerts.objective.Budgeting;
import io.pkgslo.alerts.objective.Notes;
import io.pkgslo.alerts.objective.PrometheusQueries;
import io.pkgslo.alerts.objective.SliSource;
import io.pkgslo.alerts.objective.Slo;
import io.pkgslo.alerts.objective.yaml.YamlMap;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** Sloth's {@code prometheus/v1}, and the same as a Kubernetes resource. */
final class SlothReader {
  /** The resource writes the same keys in camel case. */
  enum Spelling {
    FILE("slo_plugins", "error_query", "total_query", "error_ratio_query"),
    KUBERNETES("sloPlugins", "errorQuery", "totalQuery", "errorRatioQuery");

    private final String plugins;
    private final String errors;
    private final String total;
    private final String errorRatio;

    Spelling(String plugins, String errors, String total, String errorRatio) {
      this.plugins = plugins;
      this.errors = errors;
      this.total = total;
      this.errorRatio = errorRatio;
    }
  }

  /** What {@code sloth generate} takes where its option names no other. */
  private static final Duration PERIOD = Duration.ofDays(30);

  private final Conversion conversion;
  private final Spelling spelling;

  SlothReader(Conversion conversion, Spelling spelling) {
    this.conversion = conversion;
    this.spelling = spelling;
  }

  /** A file. */
  void read(Node node) {
    YamlMap spec =
        conversion.map(
            node, YamlMap.ROOT, "version", "service", "labels", spelling.plugins, "slos");
    if (spec != null) {
      readSpec(spec);
    }
  }

  /** A resource; what Kubernetes knows it by is not the objective's. */
  void readResource(Node node) {
    YamlMap resource = conversion.map(node, YamlMap.ROOT, "apiVersion", "kind", "metadata", "spec");
    if (resource == null) {
      return;
    }
    conversion.loseAll(resource, "metadata");
    resource.required("spec", "a mapping");
    YamlMap spec = conversion.map(resource, "spec", "service", "labels", spelling.plugins, "slos");
    if (spec != null) {
      readSpec(spec);
    }
  }

  private void readSpec(YamlMap spec) {
    String service = spec.requiredText("service", "the name of a service");
    if (spec.has(spelling.plugins)) {
      conversion.lose(spec.at(spelling.plugins), spec.name(spelling.plugins));
    }
    spec.required("slos", "a list of SLOs");
    List<Node> slos = spec.list("slos", "SLOs");
    if (!slos.isEmpty()) {
      conversion.change(
          spec.at("slos"), "the period is not in the file; 30d is taken, which is Sloth's default");
    }
    for (int i = 0; i < slos.size(); i++) {
      YamlMap slo =
          conversion.map(
              slos.get(i),
              spec.name("slos") + "[" + i + "]",
              "name",
              "description",
              "objective",
              "labels",
              "sli",
              "alerting",
              "plugins");
      if (slo != null && service != null) {
        readSlo(spec, slo, service);
      }
    }
  }

  private void readSlo(YamlMap spec, YamlMap slo, String service) {
    if (slo.has("plugins")) {
      conversion.lose(slo.at("plugins"), slo.name("plugins"));
    }
    String name = slo.requiredText("name", "a name");
    BigDecimal target = Percent.target(slo, "objective");
    SliSource source = source(slo);
    SlothAlerting alerting = new SlothAlerting(conversion, spelling == Spelling.KUBERNETES);
    Alerting alerts = alerting.read(slo, PERIOD);
    String id = name == null ? null : conversion.id(service + "-" + name, slo.at("name"));
    if (id == null || target == null || source == null) {
      return;
    }
    Map<String, List<String>> labels = new LinkedHashMap<>();
    conversion.labels(spec, "labels", "", labels);
    conversion.labels(slo, "labels", "", labels);
    Notes notes =
        new Notes(
            service,
            Texts.description(conversion, slo),
            null,
            alerting.runbook(),
            labels,
            Map.of());
    conversion.add(
        new Slo(
            id, id, source, target, PERIOD, null, Budgeting.OCCURRENCES, alerts, List.of(), notes));
  }

  private @Nullable SliSource source(YamlMap slo) {
    slo.required("sli", "a mapping with events or raw");
    YamlMap sli = conversion.map(slo, "sli", "events", "raw", "plugin");
    if (sli == null) {
      return null;
    }
    if (sli.has("plugin")) {
      sli.error("plugin", "an SLI of a Sloth plugin, which is code, expected events or raw");
      return null;
    }
    if (sli.has("events") == sli.has("raw")) {
      sli.error("raw", "both or neither of events and raw, expected one of them");
      return null;
    }
    if (sli.has("raw")) {
      YamlMap raw = conversion.map(sli, "raw", spelling.errorRatio);
      String query = raw == null ? null : Queries.read(conversion, raw, spelling.errorRatio);
      return query == null ? null : Queries.errorRatio(query);
    }
    YamlMap events = conversion.map(sli, "events", spelling.errors, spelling.total);
    if (events == null) {
      return null;
    }
    String errors = Queries.overWindow(conversion, events, spelling.errors);
    String total = Queries.overWindow(conversion, events, spelling.total);
    return errors == null || total == null
        ? null
        : new PrometheusQueries.Ratio(errors, true, total, true);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.foreign;

import io.pkgslo.alerts.objective.Alerting;
import io.pkgslo.alerts.objective.Budgeting;
import io.pkgslo.alerts.objective.Durations;
import io.pkgslo.alerts.objective.Notes;
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

/** Pyrra's {@code ServiceLevelObjective}. */
final class PyrraReader {
  /** Labels and annotations with it go to the alerts. */
  private static final String PREFIX = "pyrra.dev/";

  private static final Duration SHORTEST = Duration.ofHours(1);

  private final Conversion conversion;

  PyrraReader(Conversion conversion) {
    this.conversion = conversion;
  }

  void read(Node node) {
    YamlMap resource =
        conversion.map(node, YamlMap.ROOT, "apiVersion", "kind", "metadata", "spec", "status");
    if (resource == null) {
      return;
    }
    String kind = resource.requiredText("kind", "ServiceLevelObjective");
    if (kind != null && !kind.equals("ServiceLevelObjective")) {
      resource.unexpected("kind", "ServiceLevelObjective");
    }
    resource.required("metadata", "a mapping with a name");
    YamlMap metadata =
        conversion.map(resource, "metadata", "name", "namespace", "labels", "annotations");
    resource.required("spec", "a mapping");
    YamlMap spec =
        conversion.map(
            resource, "spec", "description", "target", "window", "indicator", "alerting");
    if (metadata == null || spec == null) {
      return;
    }
    if (metadata.has("namespace")) {
      conversion.lose(metadata.at("namespace"), metadata.name("namespace"));
    }
    String name = metadata.requiredText("name", "a name");
    String id = name == null ? null : conversion.id(name, metadata.at("name"));
    BigDecimal target = Percent.target(spec, "target");
    Duration window = window(spec);
    spec.required("indicator", "a mapping with ratio, latency, latencyNative or bool_gauge");
    PyrraIndicator indicator = new PyrraIndicator(conversion);
    SliSource source = indicator.read(spec);
    Notes notes = notes(metadata, spec, id);
    if (id == null || target == null || window == null || source == null) {
      return;
    }
    Alerting alerting = new PyrraAlerting(conversion).read(spec, window, target, indicator);
    conversion.add(
        new Slo(
            id,
            id,
            source,
            target,
            window,
            null,
            Budgeting.OCCURRENCES,
            alerting,
            List.of(),
            notes));
  }

  private Notes notes(YamlMap metadata, YamlMap spec, @Nullable String id) {
    Map<String, List<String>> labels = new LinkedHashMap<>();
    conversion.labels(metadata, "labels", PREFIX, labels);
    Map<String, List<String>> annotations = new LinkedHashMap<>();
    conversion.labels(metadata, "annotations", PREFIX, annotations);
    String runbook = null;
    for (String key : new String[] {"runbook", "runbook_url"}) {
      List<String> url = annotations.getOrDefault(key, List.of());
      if (url.size() == 1 && url.get(0).matches("https?://[^\\s\"'<>{}`\\p{Cntrl}]+")) {
        runbook = url.get(0);
        annotations.remove(key);
      }
    }
    return new Notes(id, Texts.description(conversion, spec), null, runbook, labels, annotations);
  }

  private static @Nullable Duration window(YamlMap spec) {
    String expected = "a whole number and m, h, d or w, from 1h to 90d";
    String text = spec.requiredText("window", expected);
    Duration window = text == null || !text.matches("[0-9]+[mhdw]") ? null : Durations.window(text);
    if (text != null
        && (window == null
            || window.compareTo(SHORTEST) < 0
            || window.compareTo(Slo.LONGEST_PERIOD) > 0)) {
      spec.unexpected("window", expected);
      return null;
    }
    return window;
  }
}

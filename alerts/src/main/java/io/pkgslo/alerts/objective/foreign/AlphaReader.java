// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.foreign;

import io.pkgslo.alerts.objective.Alerting;
import io.pkgslo.alerts.objective.Budgeting;
import io.pkgslo.alerts.objective.Notes;
import io.pkgslo.alerts.objective.SliSource;
import io.pkgslo.alerts.objective.Slo;
import io.pkgslo.alerts.objective.yaml.YamlMap;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** OpenSLO v1alpha: the kinds Service and SLO. */
final class AlphaReader {
  private final Conversion conversion;

  AlphaReader(Conversion conversion) {
    this.conversion = conversion;
  }

  void read(Node node) {
    YamlMap document = conversion.map(node, YamlMap.ROOT, "apiVersion", "kind", "metadata", "spec");
    if (document == null) {
      return;
    }
    String kind = document.requiredText("kind", "SLO or Service");
    document.required("metadata", "a mapping with a name");
    YamlMap metadata = conversion.map(document, "metadata", "name", "displayName");
    if ("Service".equals(kind)) {
      // An SLO names its service; nothing is counted by the document.
      conversion.lose(document.at("kind"), "the document Service");
    } else if (kind != null && !kind.equals("SLO")) {
      document.unexpected("kind", "SLO or Service");
    } else if (metadata != null) {
      readSlo(document, metadata);
    }
  }

  private void readSlo(YamlMap document, YamlMap metadata) {
    document.required("spec", "a mapping");
    YamlMap spec =
        conversion.map(
            document,
            "spec",
            "description",
            "service",
            "indicator",
            "timeWindows",
            "budgetingMethod",
            "objectives");
    if (spec == null) {
      return;
    }
    String name = metadata.requiredText("name", "a name");
    String displayName = metadata.has("displayName") ? metadata.text("displayName") : null;
    String id = name == null ? null : conversion.id(name, metadata.at("name"));
    String service = spec.requiredText("service", "the name of a service");
    checkMethod(spec);
    AlphaWindow.Period period = new AlphaWindow(conversion).read(spec);
    spec.required("objectives", "a list of objectives");
    List<Node> elements = spec.list("objectives", "objectives");
    Notes notes =
        new Notes(service, Texts.description(conversion, spec), null, null, Map.of(), Map.of());
    for (int i = 0; i < elements.size(); i++) {
      YamlMap objective =
          conversion.map(
              elements.get(i),
              spec.name("objectives") + "[" + i + "]",
              "displayName",
              "value",
              "op",
              "target",
              "ratioMetrics",
              "timeSliceTarget");
      if (objective == null || id == null || period == null || service == null) {
        continue;
      }
      BigDecimal target = target(objective);
      SliSource source = new AlphaIndicator(conversion).read(spec, objective);
      String own = elements.size() == 1 ? id : objectiveId(id, objective, i);
      if (target != null && source != null && own != null) {
        conversion.add(
            new Slo(
                own,
                displayName == null || displayName.contains("{{") ? own : displayName,
                source,
                target,
                period.length(),
                period.calendar(),
                Budgeting.OCCURRENCES,
                Alerting.defaultsFor(period.length()),
                List.of(),
                notes));
      }
    }
  }

  private @Nullable String objectiveId(String id, YamlMap objective, int index) {
    String suffix =
        objective.isText("displayName")
            ? String.valueOf(objective.text("displayName"))
            : Integer.toString(index + 1);
    return conversion.id(id + "-" + suffix, objective.node());
  }

  private static void checkMethod(YamlMap spec) {
    String method = spec.requiredText("budgetingMethod", "Occurrences");
    if (method != null && !method.equals("Occurrences")) {
      spec.unexpected(
          "budgetingMethod",
          "Occurrences: v1alpha names no length of slices, and other metrics have none here");
    }
  }

  private static @Nullable BigDecimal target(YamlMap objective) {
    objective.required("target", "a share such as 0.99");
    BigDecimal target = objective.number("target");
    if (target != null && target.compareTo(BigDecimal.ONE) >= 0) {
      objective.unexpected("target", "less than 1: without an error budget nothing can burn");
      return null;
    }
    return target;
  }
}

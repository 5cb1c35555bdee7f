// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.openslo;

import io.pkgslo.alerts.objective.Slo;
import io.pkgslo.alerts.objective.yaml.FileProblems;
import io.pkgslo.alerts.objective.yaml.YamlMap;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads OpenSLO documents. Names resolve across all that are added before {@link #slos}. Nothing is
 * accepted that would not be applied.
 */
public final class OpenSloReader {
  /**
   * An objective and where it stands.
   *
   * @param at its name
   */
  public record Placed(Slo slo, Node at, FileProblems problems) {}

  private final References references = new References();

  /** Adds a document, or a list of them. */
  public void add(Node node, FileProblems file) {
    if (node instanceof SequenceNode list) {
      list.getValue().forEach(element -> addOne(element, file));
    } else {
      addOne(node, file);
    }
  }

  private void addOne(Node node, FileProblems file) {
    OpenSloDocument document = OpenSloDocument.of(node, file);
    if (document != null) {
      references.add(document);
    }
  }

  /** The objectives of valid documents, in their order; everything else is reported. */
  public List<Placed> slos() {
    IndicatorCache indicators = new IndicatorCache(references);
    PolicyReader policies = new PolicyReader(references);
    SloReader reader = new SloReader(references, indicators, policies);
    List<Placed> slos = new ArrayList<>();
    for (OpenSloDocument document : references.all()) {
      switch (document.kind()) {
        case SLI -> indicators.of(document);
        case SERVICE -> checkService(document);
        case DATA_SOURCE -> checkDataSource(document);
        case ALERT_POLICY -> policies.policy(document);
        case ALERT_CONDITION -> policies.checkCondition(document);
        case ALERT_NOTIFICATION_TARGET -> PolicyReader.checkTarget(document);
        case SLO -> {
          for (Slo slo : reader.read(document)) {
            if (references.isFirst(document)) {
              slos.add(new Placed(slo, document.metadata().nameAt(), document.problems()));
            }
          }
        }
      }
    }
    return slos;
  }

  private static void checkService(OpenSloDocument document) {
    if (document.body().has("spec")) {
      YamlMap spec = document.body().map("spec", "description");
      if (spec != null) {
        Prose.description(spec);
      }
    }
  }

  private static void checkDataSource(OpenSloDocument document) {
    YamlMap spec =
        document
            .body()
            .requiredMap(
                "spec", "a mapping with a type", "description", "type", "connectionDetails");
    if (spec != null) {
      Prose.description(spec);
      spec.requiredText("type", "such as prometheus");
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.openslo;

import io.pkgslo.alerts.objective.Slo;
import io.pkgslo.alerts.objective.yaml.FileProblems;
import io.pkgslo.alerts.objective.yaml.YamlMap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
   * @param id of the objective
   * @param slo null when it is not valid, which is reported
   * @param at its name
   */
  public record Placed(String id, @Nullable Slo slo, Node at, FileProblems problems) {
    Placed invalid() {
      return new Placed(id, null, at, problems);
    }
  }

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

  /** The objectives of all documents, in their order; what is not valid is reported. */
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
          List<Placed> read = reader.read(document);
          if (references.isFirst(document)) {
            slos.addAll(read);
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

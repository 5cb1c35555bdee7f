// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pkgslo.alerts.objective.Objectives;
import io.pkgslo.alerts.objective.Slo;
import io.pkgslo.alerts.objective.yaml.Problem;
import java.util.Locale;

/** Objectives and problems as one JSON object. */
public final class JsonReport {
  static final ObjectMapper JSON = new ObjectMapper();

  private static final String EXPECTED = ", expected ";

  private JsonReport() {}

  /** The report; it ends with a line break. */
  public static String of(Objectives objectives) {
    ObjectNode report = JSON.createObjectNode();
    report.put("valid", objectives.isValid());
    ArrayNode slos = report.putArray("objectives");
    for (Slo slo : objectives.slos()) {
      slos.addObject()
          .put("id", slo.id())
          .put("displayName", slo.displayName())
          .put("sli", slo.sli().name().toLowerCase(Locale.ROOT).replace('_', '-'))
          .put("target", slo.target())
          .put("period", slo.periodLabel());
    }
    ArrayNode problems = report.putArray("problems");
    for (Problem problem : objectives.problems()) {
      add(problem, problems.addObject());
    }
    return print(report);
  }

  private static void add(Problem problem, ObjectNode to) {
    to.put("file", problem.file())
        .put("line", problem.line())
        .put("column", problem.column())
        .put("severity", problem.severity().name().toLowerCase(Locale.ROOT))
        .put("message", problem.message());
    int expected = problem.message().indexOf(EXPECTED);
    if (expected > 0) {
      to.put("found", problem.message().substring(0, expected));
      to.put("expected", problem.message().substring(expected + EXPECTED.length()));
    }
  }

  static String print(ObjectNode node) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a report cannot be written as JSON", e);
    }
  }
}

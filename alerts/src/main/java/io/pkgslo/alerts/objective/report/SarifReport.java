// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pkgslo.alerts.objective.Objectives;
import io.pkgslo.alerts.objective.yaml.Problem;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;

/**
 * Problems in the Static Analysis Results Interchange Format 2.1.0 (OASIS), which code hosts show
 * beside the lines.
 */
public final class SarifReport {
  private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";
  private static final String ERROR = "invalid-objective";
  private static final String WARNING = "doubtful-objective";

  private SarifReport() {}

  /** The report; it ends with a line break. */
  public static String of(Objectives objectives) {
    ObjectNode report = JsonReport.JSON.createObjectNode();
    report.put("$schema", SCHEMA).put("version", "2.1.0");
    ObjectNode run = report.putArray("runs").addObject();
    ObjectNode driver = run.putObject("tool").putObject("driver").put("name", "pkgslo");
    ArrayNode rules = driver.putArray("rules");
    rule(rules, ERROR, "The files are not valid: nothing of them is applied.");
    rule(rules, WARNING, "The files are valid, but do less than they seem to.");
    run.put("columnKind", "unicodeCodePoints");
    ArrayNode results = run.putArray("results");
    objectives.problems().forEach(problem -> result(problem, results.addObject()));
    return JsonReport.print(report);
  }

  private static void rule(ArrayNode rules, String id, String description) {
    rules.addObject().put("id", id).putObject("shortDescription").put("text", description);
  }

  private static void result(Problem problem, ObjectNode result) {
    boolean error = problem.severity() == Problem.Severity.ERROR;
    result
        .put("ruleId", error ? ERROR : WARNING)
        .put("ruleIndex", error ? 0 : 1)
        .put("level", error ? "error" : "warning");
    result.putObject("message").put("text", problem.message());
    ObjectNode place = result.putArray("locations").addObject().putObject("physicalLocation");
    place.putObject("artifactLocation").put("uri", uri(problem.file()));
    place.putObject("region").put("startLine", problem.line()).put("startColumn", problem.column());
  }

  /** Relative where the author named a relative path, as code hosts want it. */
  private static String uri(String file) {
    Path path = Path.of(file).normalize();
    if (path.isAbsolute()) {
      return path.toUri().toString();
    }
    try {
      return new URI(null, null, path.toString().replace('\\', '/'), null).getRawPath();
    } catch (URISyntaxException e) {
      return path.getFileName().toString();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.alerting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the panels of the dashboards ask Prometheus. */
final class DashboardPanels {
  private static final Path FOLDER = Path.of("..", "grafana", "dashboards");

  /**
   * One query.
   *
   * @param expr as Grafana sends it
   */
  record Query(String dashboard, String panel, String expr) {}

  private DashboardPanels() {}

  /**
   * All queries.
   *
   * @param variables values of the dashboards' variables, by name
   */
  static List<Query> queries(Map<String, String> variables) throws IOException {
    List<Query> queries = new ArrayList<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        for (JsonNode panel : new ObjectMapper().readTree(file.toFile()).path("panels")) {
          for (JsonNode target : panel.path("targets")) {
            queries.add(
                new Query(
                    file.getFileName().toString(),
                    panel.path("title").asText(),
                    filled(target.path("expr").asText(), variables)));
          }
        }
      }
    }
    return queries;
  }

  private static String filled(String expr, Map<String, String> variables) {
    String text = expr.replace("$__rate_interval", "30s").replace("$__interval", "30s");
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      text = text.replace("$" + variable.getKey(), variable.getValue());
    }
    return text;
  }
}

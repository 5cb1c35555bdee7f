// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.deploy;

import static io.pkgslo.standalone.deploy.SourceTree.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Dashboards ask for series that exist, with labels that they have, from the datasource there is.
 */
class DashboardsTest {
  private static final String DIRECTORY = "deploy/grafana/dashboards";
  private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");
  private static final Pattern NAME = Pattern.compile("[a-z]+(_[a-z0-9]+)+");
  private static final Pattern LABELS = Pattern.compile("by \\(([a-z, ]+)\\)");
  private static final Set<String> FUNCTIONS =
      Set.of("histogram_quantile", "__rate_interval", "label_values");
  private static final Set<String> LABEL_NAMES =
      Set.of(
          "service",
          "version",
          "package",
          "baseline",
          "kind",
          "quantile",
          "le",
          "slo",
          "window",
          "topic",
          "reason",
          "stage",
          "task",
          "partition");

  static Stream<String> dashboards() {
    return SourceTree.files(DIRECTORY, ".json").stream();
  }

  @Test
  void dashboards_areThere() {
    assertThat(dashboards())
        .containsExactlyInAnyOrder(
            DIRECTORY + "/fleet.json",
            DIRECTORY + "/package.json",
            DIRECTORY + "/rollout.json",
            DIRECTORY + "/pipeline.json");
  }

  @Test
  void dashboards_haveUidsOfTheirOwn() {
    assertThat(dashboards().map(file -> SourceTree.json(file).path("uid").asText()))
        .doesNotHaveDuplicates()
        .allMatch(uid -> uid.startsWith("pkgslo-"));
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void queries_nameSeriesThatTheCodeExports(String file) {
    assertThat(queries(file)).isNotEmpty();
    for (String query : queries(file)) {
      assertThat(names(query)).as(query).isSubsetOf(ExportedMetrics.seriesNames());
    }
  }

  /** Words with an underscore outside of quotes are series; functions and variables are known. */
  private static Set<String> names(String query) {
    return NAME.matcher(QUOTED.matcher(query).replaceAll(""))
        .results()
        .map(MatchResult::group)
        .filter(name -> !FUNCTIONS.contains(name) && !name.endsWith("_interval"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void groupings_nameLabels(String file) {
    for (String query : queries(file)) {
      LABELS
          .matcher(query)
          .results()
          .flatMap(found -> Stream.of(found.group(1).split(", ")))
          .forEach(label -> assertThat(LABEL_NAMES).as(query).contains(label));
    }
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void everyPanel_hasTitleDescriptionUnitAndDatasource(String file) {
    String datasource = provisionedDatasource();
    for (JsonNode panel : panels(file)) {
      assertThat(panel.path("title").asText()).isNotBlank();
      assertThat(panel.path("description").asText()).as(panel.path("title").asText()).isNotBlank();
      assertThat(panel.path("fieldConfig").path("defaults").path("unit").asText()).isNotBlank();
      assertThat(panel.path("datasource").path("uid").asText()).isEqualTo(datasource);
      for (JsonNode target : panel.path("targets")) {
        assertThat(target.path("datasource").path("uid").asText()).isEqualTo(datasource);
        assertThat(target.path("legendFormat").asText()).isNotBlank();
      }
    }
  }

  private static String provisionedDatasource() {
    List<Map<String, Object>> sources =
        SourceTree.list(
            yaml("deploy/grafana/provisioning/datasources/prometheus.yaml"), "datasources");
    return sources.get(0).get("uid").toString();
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void panels_doNotOverlap(String file) {
    Set<String> taken = new TreeSet<>();
    for (JsonNode panel : SourceTree.json(file).path("panels")) {
      JsonNode at = panel.path("gridPos");
      assertThat(at.path("x").asInt() + at.path("w").asInt()).isLessThanOrEqualTo(24);
      for (int x = at.path("x").asInt(); x < at.path("x").asInt() + at.path("w").asInt(); x++) {
        for (int y = at.path("y").asInt(); y < at.path("y").asInt() + at.path("h").asInt(); y++) {
          assertThat(taken.add(x + "," + y)).as(panel.path("title").asText()).isTrue();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void variables_areUsed(String file) {
    String queries = String.join("\n", queries(file));
    for (JsonNode variable : SourceTree.json(file).path("templating").path("list")) {
      assertThat(queries).contains("$" + variable.path("name").asText());
    }
  }

  @Test
  void dashboards_areMountedWhereGrafanaLooks() {
    List<Map<String, Object>> providers =
        SourceTree.list(yaml("deploy/grafana/provisioning/dashboards/pkgslo.yaml"), "providers");
    Object path = SourceTree.map(providers.get(0), "options").get("path");

    assertThat(
            SourceTree.<String>list(
                SourceTree.map(yaml("docker-compose.yml"), "services", "grafana"), "volumes"))
        .contains("./" + DIRECTORY + ":" + path + ":ro");
  }

  /** Of panels and of variables. */
  private static List<String> queries(String file) {
    List<String> queries = new ArrayList<>();
    for (JsonNode panel : panels(file)) {
      panel.path("targets").forEach(target -> queries.add(target.path("expr").asText()));
    }
    for (JsonNode variable : SourceTree.json(file).path("templating").path("list")) {
      queries.add(variable.path("query").path("query").asText());
    }
    return queries;
  }

  private static List<JsonNode> panels(String file) {
    List<JsonNode> panels = new ArrayList<>();
    for (JsonNode panel : SourceTree.json(file).path("panels")) {
      if (!panel.path("type").asText().equals("row")) {
        panels.add(panel);
      }
    }
    return panels;
  }
}

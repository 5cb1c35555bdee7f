// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pkgslo.alerts.objective.DefaultObjectives;
import io.pkgslo.alerts.objective.Objectives;
import io.pkgslo.alerts.objective.yaml.Problem;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final Objectives FOUND =
      new Objectives(
          DefaultObjectives.all().subList(1, 2),
          List.of(
              new Problem("slo/a b.yaml", 3, 7, Problem.Severity.ERROR, "x is 'y', expected z"),
              new Problem("/etc/c.yaml", 1, 1, Problem.Severity.WARNING, "odd")));

  @Test
  void json_tellsWhatWasFoundAndWhatIsExpected() throws IOException {
    JsonNode report = new ObjectMapper().readTree(JsonReport.of(FOUND));

    assertThat(report.at("/valid").asBoolean()).isFalse();
    assertThat(report.at("/objectives/0/id").asText()).isEqualTo("panic-rate");
    assertThat(report.at("/objectives/0/sli").asText()).isEqualTo("panic-rate");
    assertThat(report.at("/problems/0/found").asText()).isEqualTo("x is 'y'");
    assertThat(report.at("/problems/0/expected").asText()).isEqualTo("z");
    assertThat(report.at("/problems/1/expected").isMissingNode()).isTrue();
  }

  /** Required properties and values of SARIF 2.1.0, sections 3.13 to 3.30. */
  @Test
  void sarif_hasWhatTheStandardRequires() throws IOException {
    JsonNode report = new ObjectMapper().readTree(SarifReport.of(FOUND));

    assertThat(report.at("/version").asText()).isEqualTo("2.1.0");
    JsonNode run = report.at("/runs/0");
    assertThat(run.at("/tool/driver/name").asText()).isEqualTo("pkgslo");
    assertThat(run.at("/results")).hasSize(2);
    for (JsonNode result : run.at("/results")) {
      String rule =
          run.at("/tool/driver/rules").get(result.at("/ruleIndex").asInt()).at("/id").asText();
      assertThat(result.at("/ruleId").asText()).isEqualTo(rule);
      assertThat(result.at("/level").asText()).isIn("error", "warning");
      assertThat(result.at("/message/text").asText()).isNotEmpty();
      assertThat(result.at("/locations/0/physicalLocation/region/startLine").asInt()).isPositive();
    }
    assertThat(run.at("/results/0/locations/0/physicalLocation/artifactLocation/uri").asText())
        .isEqualTo("slo/a%20b.yaml");
    assertThat(run.at("/results/1/locations/0/physicalLocation/artifactLocation/uri").asText())
        .isEqualTo("file:///etc/c.yaml");
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.pkgslo.alerts.objective.BurnTier;
import io.pkgslo.alerts.objective.DefaultObjectives;
import io.pkgslo.alerts.objective.Slo;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleFileTest {
  private static final Path SHIPPED = Path.of("../deploy/prometheus/pkgslo-rules.yaml");
  private static final Path RULE_TEST = Path.of("../deploy/prometheus/pkgslo-rules.test.yaml");

  /** The file in the repository is what a user gets: {@code ./pkgslo rules --defaults}. */
  @Test
  void defaults_areTheShippedFile() throws IOException {
    assertThat(RuleFile.of(DefaultObjectives.all())).isEqualTo(Files.readString(SHIPPED));
  }

  @Test
  void promtool_acceptsTheDefaults(@TempDir Path dir) throws Exception {
    Promtool.assume();
    for (Form form : Form.values()) {
      Path rules = dir.resolve(form.label() + ".yaml");
      Files.writeString(
          rules, RuleFile.of(DefaultObjectives.all(), RuleOptions.DEFAULT.withForm(form)));

      Promtool.checkRules(rules);
    }
  }

  /** Quiet, fast burn, slow burn and an exhausted budget, written by hand from the arithmetic. */
  @Test
  void promtool_findsTheRightAlerts() throws Exception {
    Promtool.assume();

    Promtool.testRules(RULE_TEST);
  }

  /** One resource per objective and group, with the fields that the Operator's schema has. */
  @Test
  void operatorResources_areOneDocumentPerGroup() throws IOException {
    RuleOptions options =
        new RuleOptions(Form.NATIVE, RuleKind.PROMETHEUSRULE, null, RuleOptions.DEFAULT.since());
    YAMLMapper yaml = new YAMLMapper();

    List<JsonNode> documents =
        yaml.readerFor(JsonNode.class)
            .<JsonNode>readValues(RuleFile.of(DefaultObjectives.all(), options))
            .readAll();

    List<Slo> slos = DefaultObjectives.all();
    assertThat(documents).hasSize(slos.size() + 2);
    for (int i = 0; i < documents.size(); i++) {
      JsonNode document = documents.get(i);
      // What stands behind the groups of objectives stands in each file.
      JsonNode file = yaml.readTree(RuleFile.of(List.of(slos.get(Math.min(i, slos.size() - 1)))));
      assertThat(document.path("apiVersion").asText()).isEqualTo("monitoring.coreos.com/v1");
      assertThat(document.path("kind").asText()).isEqualTo("PrometheusRule");
      assertThat(document.at("/metadata/name").asText()).matches("[a-z0-9-]{1,253}");
      assertThat(document.at("/spec/groups/0"))
          .isEqualTo(file.at("/groups/" + Math.max(0, i - slos.size() + 1)));
    }
  }

  /** March begins at 23:00 UTC of February in Berlin, April in summer time at 22:00 UTC. */
  @Test
  void calendarPeriods_beginInTheirZone() {
    String rules =
        RuleFile.of(List.of(TestSlos.monthly()), RuleOptions.DEFAULT.withForm(Form.PORTABLE));

    assertThat(rules)
        .contains("vector(" + Instant.parse("2026-02-28T23:00:00Z").getEpochSecond() + ")")
        .contains("vector(" + Instant.parse("2026-03-31T22:00:00Z").getEpochSecond() + ")");
  }

  @Test
  void unreachableTier_isLeftOut() throws IOException {
    Slo lax =
        new Slo(
            "lax",
            "Lax",
            Slo.Sli.AVAILABILITY,
            "*",
            "*",
            new BigDecimal("0.90"),
            Duration.ofDays(30),
            null,
            BurnTier.defaultsFor(Duration.ofDays(30)),
            null);

    JsonNode rules = new YAMLMapper().readTree(RuleFile.of(List.of(lax))).at("/groups/0/rules");

    assertThat(rules.findValuesAsText("tier")).containsExactly("6h", "1d", "3d");
  }
}

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

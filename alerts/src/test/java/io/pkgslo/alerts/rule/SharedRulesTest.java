// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.pkgslo.alerts.objective.Alerting;
import io.pkgslo.alerts.objective.Budgeting;
import io.pkgslo.alerts.objective.BurnTier;
import io.pkgslo.alerts.objective.NoDataAlert;
import io.pkgslo.alerts.objective.Notes;
import io.pkgslo.alerts.objective.PackageSli;
import io.pkgslo.alerts.objective.Severity;
import io.pkgslo.alerts.objective.Slo;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Many objectives of one SLI: native rules that are alike are one. */
@Execution(ExecutionMode.CONCURRENT)
class SharedRulesTest {
  private static final Duration PERIOD = Duration.ofDays(30);
  private static final Alerting ALERTING =
      new Alerting(
          List.of(
              BurnTier.of(new BigDecimal("0.02"), Duration.ofHours(1), Severity.PAGE)
                  .timed(Duration.ofMinutes(2), Duration.ofMinutes(30)),
              BurnTier.of(new BigDecimal("0.1"), Duration.ofDays(3), Severity.TICKET)),
          0,
          0,
          new NoDataAlert(Severity.TICKET, Duration.ofMinutes(30)));

  @TempDir Path dir;

  private static Slo slo(String id, String target, Alerting alerting, String owner) {
    return new Slo(
        id,
        "The \"" + id + "\" of {{ all }}",
        PackageSli.of(Slo.Sli.AVAILABILITY, "shop/" + id, "*", null),
        new BigDecimal(target),
        PERIOD,
        null,
        Budgeting.OCCURRENCES,
        alerting,
        List.of(),
        new Notes("shop", null, owner, "https://runbooks/" + id, Map.of(), Map.of()));
  }

  private static Slo slo(String id) {
    return slo(id, "0.999", ALERTING, "team-till");
  }

  private static List<JsonNode> groups(List<Slo> slos) throws IOException {
    List<JsonNode> groups = new ArrayList<>();
    JsonNode all = new YAMLMapper().readTree(RuleFile.of(slos)).path("groups");
    all.forEach(
        group -> {
          if (group.path("name").asText().startsWith("pkgslo-slo")) {
            groups.add(group);
          }
        });
    return groups;
  }

  /** The text of each alert has to be that of its own objective, which only its test knows. */
  @ParameterizedTest
  @NullSource
  @ValueSource(strings = "https://pkgslo.example.com")
  void sharedRules_passTheTestOfEachObjective(String link) throws Exception {
    Promtool.assume();
    List<Slo> slos =
        List.of(
            slo("cart"),
            slo("checkout"),
            slo("search"),
            slo("pay", "0.99", ALERTING, "team-pay"),
            slo("refund", "0.9999", ALERTING, null),
            // Of its tiers that of 1h can never fire.
            slo("report", "0.9", Alerting.of(BurnTier.defaultsFor(PERIOD)), "team-pay"),
            TestSlos.availability("0.9995", Duration.ofDays(7)));
    RuleOptions options =
        new RuleOptions(
            Form.NATIVE,
            RuleKind.FILE,
            link == null ? null : URI.create(link),
            RuleOptions.DEFAULT.since());
    Path rules = dir.resolve("rules.yaml");
    Files.writeString(rules, RuleFile.of(slos, options));

    Promtool.checkRules(rules);
    for (Slo slo : slos) {
      Path test = dir.resolve(slo.id() + ".test.yaml");
      Files.writeString(test, RuleTests.of(slo, options, "rules.yaml"));
      Promtool.testRules(test);
    }
  }

  /** Two tiers, four steps, no data and no subject, however many there are. */
  @Test
  void manyObjectives_haveAsManyAlertingRulesAsOne() throws IOException {
    List<JsonNode> one = groups(List.of(slo("cart")));
    List<JsonNode> two = groups(List.of(slo("cart"), slo("checkout")));
    List<JsonNode> three = groups(List.of(slo("cart"), slo("checkout"), slo("search")));

    assertThat(one).hasSize(1);
    assertThat(one.get(0).path("rules").findValuesAsText("alert")).hasSize(8);
    assertThat(two).hasSize(1);
    assertThat(three).hasSize(1);
    assertThat(three.get(0).path("rules").findValuesAsText("alert")).hasSize(8);
    assertThat(three.get(0).path("rules").findValuesAsText("record")).hasSize(3);
    assertThat(three.get(0).at("/rules/3/expr").asText())
        .contains("{slo=~\"cart|checkout|search\",window=\"1h\"}");
    // A group that is called otherwise would begin its alerts anew.
    assertThat(three.get(0).path("name").asText())
        .isEqualTo(two.get(0).path("name").asText())
        .isEqualTo("pkgslo-slos-availability");
    assertThat(one.get(0).path("name").asText()).isEqualTo("pkgslo-slo-cart");
  }

  @Test
  void objectivesOfOtherTerms_shareTheRulesThatAreAlike() throws IOException {
    Alerting patient =
        new Alerting(
            List.of(
                BurnTier.of(new BigDecimal("0.02"), Duration.ofHours(1), Severity.PAGE)
                    .timed(Duration.ofMinutes(3), Duration.ofMinutes(30)),
                BurnTier.of(new BigDecimal("0.1"), Duration.ofDays(3), Severity.TICKET)),
            0,
            0,
            ALERTING.noData());
    List<Slo> slos =
        List.of(
            slo("usual"),
            slo("target", "0.99", ALERTING, "team-till"),
            slo("patient", "0.999", patient, "team-till"),
            slo("owner", "0.999", ALERTING, null),
            TestSlos.labelled(),
            TestSlos.queries());

    List<JsonNode> groups = groups(slos);

    assertThat(groups)
        .extracting(group -> group.path("name").asText())
        .containsExactly("pkgslo-slos-availability", "pkgslo-slo-labelled", "pkgslo-slo-queries");
    assertThat(groups.get(0).path("rules").findValuesAsText("alert"))
        .containsOnlyOnce(
            "SloErrorBudgetHalfSpent",
            "SloErrorBudgetMostlySpent",
            "SloErrorBudgetDegraded",
            "SloErrorBudgetExhausted",
            "SloNoData",
            "SloNoSubject")
        .hasSize(9);
    assertThat(burning(groups.get(0)))
        .containsExactly(
            "1h 2m slo=~\"usual|target|owner\"",
            "3d null slo=~\"usual|target|patient|owner\"",
            "1h 3m slo=\"patient\"");
  }

  /** Tier, {@code for} and matcher of the rules about burn rates. */
  private static List<String> burning(JsonNode group) {
    List<String> burning = new ArrayList<>();
    for (JsonNode rule : group.path("rules")) {
      if (rule.at("/labels/tier").isTextual()) {
        String expr = rule.path("expr").asText();
        String matcher = expr.substring(expr.indexOf('{') + 1, expr.indexOf(",window"));
        burning.add(rule.at("/labels/tier").asText() + " " + text(rule, "for") + " " + matcher);
      }
    }
    return burning;
  }

  private static String text(JsonNode rule, String key) {
    return rule.path(key).asText("null");
  }

  /** Two groups with the same rule for silence: one would seem a copy of the other. */
  @Test
  void rulesOfTwoSlis_areNoDuplicates() throws Exception {
    Promtool.assume();
    List<Slo> slos = new ArrayList<>();
    for (Slo.Sli sli : List.of(Slo.Sli.AVAILABILITY, Slo.Sli.PANIC_RATE)) {
      for (int i = 0; i < 2; i++) {
        String id = sli.name().toLowerCase(Locale.ROOT).replace('_', '-') + i;
        slos.add(TestSlos.slo(id, PackageSli.of(sli, "shop/a", "*", null), null, ALERTING));
      }
    }
    Path rules = dir.resolve("rules.yaml");
    Files.writeString(rules, RuleFile.of(slos));

    Promtool.checkRules(rules);
  }

  /** What somebody else applies must not be replaced by it. */
  @Test
  void resourcesOfTheOperator_areStillOfOneObjectiveEach() {
    String resources =
        RuleFile.of(
            List.of(slo("cart"), slo("checkout")),
            new RuleOptions(
                Form.NATIVE, RuleKind.PROMETHEUSRULE, null, RuleOptions.DEFAULT.since()));

    assertThat(resources)
        .contains("name: pkgslo-slo-cart\n", "name: pkgslo-slo-checkout\n")
        .doesNotContain("slo=~");
  }
}

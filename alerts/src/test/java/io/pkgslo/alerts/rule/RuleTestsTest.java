// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.pkgslo.alerts.objective.DefaultObjectives;
import io.pkgslo.alerts.objective.Slo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules and their tests are written by different classes; the real promtool is the judge. */
@Execution(ExecutionMode.CONCURRENT)
class RuleTestsTest {
  @TempDir Path dir;

  static Stream<Arguments> objectives() {
    List<Slo> few =
        List.of(
            TestSlos.availability("0.99", Duration.ofDays(28)),
            TestSlos.labelled(),
            TestSlos.monthly(),
            TestSlos.guarded());
    List<Slo> more =
        List.of(
            TestSlos.queries(),
            TestSlos.availability("0.9999", Duration.ofDays(30)),
            TestSlos.availability("0.5", Duration.ofDays(90)),
            TestSlos.availability("0", Duration.ofDays(7)),
            TestSlos.availability("0.999999", Duration.ofDays(1)));
    // Portable rules are played minute by minute, which takes seconds for each.
    return Stream.of(
            few.stream().map(slo -> Arguments.of(slo.id(), slo, Form.PORTABLE)),
            few.stream().map(slo -> Arguments.of(slo.id(), slo, Form.NATIVE)),
            more.stream().map(slo -> Arguments.of(slo.id(), slo, Form.NATIVE)),
            DefaultObjectives.all().stream().map(slo -> Arguments.of(slo.id(), slo, Form.NATIVE)))
        .flatMap(arguments -> arguments);
  }

  @ParameterizedTest(name = "{0} {2}")
  @MethodSource("objectives")
  void rules_passTheTestThatIsDerivedFromTraffic(String id, Slo slo, Form form) throws Exception {
    Promtool.assume();
    RuleOptions options = RuleOptions.DEFAULT.withForm(form);
    Path rules = dir.resolve("rules.yaml");
    Path test = dir.resolve(id + ".test.yaml");
    Files.writeString(rules, RuleFile.of(List.of(slo), options));
    Files.writeString(test, RuleTests.of(slo, options, "rules.yaml"));

    Promtool.checkRules(rules);
    Promtool.testRules(test);
  }

  /** The test must notice what somebody gets wrong by hand. */
  @Test
  void rulesWithAnotherFactor_failTheirTest() throws Exception {
    Promtool.assume();
    Slo slo = DefaultObjectives.all().get(2);
    Path rules = dir.resolve("rules.yaml");
    Path test = dir.resolve("test.yaml");
    Files.writeString(rules, RuleFile.of(List.of(slo)).replace("> 0.98", "> 9.8"));
    Files.writeString(test, RuleTests.of(slo, RuleOptions.DEFAULT, "rules.yaml"));

    assertThatThrownBy(() -> Promtool.testRules(test)).hasMessageContaining("FAILED");
  }

  /** A scenario is named after what happens in it, for the objectives that everybody has. */
  @Test
  void scenarios_areWhatTheirNamesSay() throws IOException {
    for (Slo slo : DefaultObjectives.all()) {
      JsonNode tests =
          new YAMLMapper()
              .readTree(RuleTests.of(slo, RuleOptions.DEFAULT, "rules.yaml"))
              .path("tests");

      assertThat(firing(tests, "quiet", 120)).isEmpty();
      assertThat(firing(tests, "slow burn", 60)).isEmpty();
      assertThat(firing(tests, "slow burn", 360)).containsExactly("3d", "SloErrorBudgetExhausted");
      assertThat(firing(tests, "fast burn", 120)).contains("1h", "6h");
      assertThat(firing(tests, "no traffic", 450)).isEmpty();
      assertThat(firing(tests, "outage and recovery", 60)).isEmpty();
      assertThat(firing(tests, "outage and recovery", 105))
          .containsExactly("1h", "6h", "1d", "3d", "SloErrorBudgetExhausted");
      assertThat(firing(tests, "outage and recovery", 165))
          .containsExactly("1d", "3d", "SloErrorBudgetExhausted");
    }
  }

  @Test
  void silence_alertsWherePkgsloTurns() throws IOException {
    JsonNode tests =
        new YAMLMapper()
            .readTree(RuleTests.of(TestSlos.guarded(), RuleOptions.DEFAULT, "rules.yaml"))
            .path("tests");

    assertThat(firing(tests, "no data any more", 60)).isEmpty();
    assertThat(firing(tests, "no data any more", 150)).contains("SloNoData");
    assertThat(firing(tests, "no data because pkgslo has stopped", 150))
        .doesNotContain("SloNoData");
  }

  private static List<String> firing(JsonNode tests, String scenario, int minute) {
    JsonNode test =
        Stream.iterate(0, i -> i + 1)
            .limit(tests.size())
            .map(tests::get)
            .filter(t -> t.path("name").asText().equals(scenario))
            .findFirst()
            .orElseThrow();
    List<String> firing = new ArrayList<>();
    for (JsonNode check : test.path("alert_rule_test")) {
      if (check.path("eval_time").asText().equals(minute + "m")) {
        for (JsonNode alert : check.path("exp_alerts")) {
          firing.add(
              alert.path("exp_labels").path("tier").asText(check.path("alertname").asText()));
        }
      }
    }
    return firing;
  }
}

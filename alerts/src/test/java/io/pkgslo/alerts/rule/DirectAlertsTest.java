// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.alerts.objective.DefaultObjectives;
import io.pkgslo.alerts.rule.DirectAlerts.Candidate;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DirectAlertsTest {
  private final DirectAlerts availability =
      new DirectAlerts(DefaultObjectives.all().get(2), URI.create("https://pkgslo.example"));

  private static SubjectNumbers numbers(double hour, double fiveMinutes, double consumed) {
    return new SubjectNumbers(
        Map.of("slo", "availability", "service", "shop/cart", "version", "1", "package", "a/b"),
        1000,
        7,
        Map.of("1h", hour, "5m", fiveMinutes, "6h", 0.0, "30m", 0.0),
        consumed,
        7200.0,
        "1");
  }

  /** The factor of 8 % of a week's budget in an hour is 13.44. */
  @Test
  void burn_needsBothWindows() {
    assertThat(availability.of(numbers(13.45, 13.45, 0.1))).hasSize(1);
    assertThat(availability.of(numbers(13.45, 13.44, 0.1))).isEmpty();
    assertThat(availability.of(numbers(13.44, 99, 0.1))).isEmpty();
  }

  /** The labels of the rule in pkgslo-rules.test.yaml, which Prometheus gives to the same alert. */
  @Test
  void labelsAndTexts_areThoseOfTheRule() {
    List<Candidate> alerts = availability.of(numbers(20, 20, 0.75));

    assertThat(alerts.get(0).labels())
        .isEqualTo(
            Map.of(
                "alertname", "SloErrorBudgetBurn",
                "severity", "page",
                "tier", "1h",
                "slo", "availability",
                "service", "shop/cart",
                "version", "1",
                "package", "a/b"));
    assertThat(alerts.get(0).annotations())
        .containsEntry(
            "summary",
            "a/b of shop/cart 1 burns its error budget for API availability at 20.0 times the"
                + " sustainable rate")
        .containsEntry(
            "description",
            "At this rate 8% of the budget of 7d goes in 1h. Counted in the last 7d: 7 bad (failed"
                + " API calls) of 1000; objective 99.9%; 25% of the budget is left, gone in 2h 0m"
                + " 0s. Rolled out last: 1.")
        .containsEntry(
            "link", "https://pkgslo.example/api/v1/slos?slo=availability&service=shop%2Fcart");
    assertThat(alerts.get(1).labels()).containsEntry("alertname", "SloErrorBudgetMostlySpent");
    assertThat(alerts.get(1).holdFor()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void noData_isNoAlert() {
    SubjectNumbers nothing =
        new SubjectNumbers(Map.of("slo", "availability"), 0, 0, Map.of(), null, null, null);

    assertThat(availability.of(nothing)).isEmpty();
  }
}

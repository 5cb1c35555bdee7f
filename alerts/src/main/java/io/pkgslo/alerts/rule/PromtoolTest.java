// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Map;

/** A file for {@code promtool test rules}, as promtool 2.42 and 3 spell it. */
@JsonPropertyOrder({"rule_files", "evaluation_interval", "tests"})
record PromtoolTest(
    @JsonProperty("rule_files") List<String> ruleFiles,
    @JsonProperty("evaluation_interval") String evaluationInterval,
    List<Case> tests) {

  /** One course of series and what is expected of it. */
  @JsonPropertyOrder({"name", "interval", "input_series", "alert_rule_test"})
  record Case(
      String name,
      String interval,
      @JsonProperty("input_series") List<Series> inputSeries,
      @JsonProperty("alert_rule_test") List<AlertTest> alertRuleTest) {}

  /** One series with a value per interval. */
  @JsonPropertyOrder({"series", "values"})
  record Series(String series, String values) {}

  /** All alerts of one name at one time. */
  @JsonPropertyOrder({"eval_time", "alertname", "exp_alerts"})
  record AlertTest(
      @JsonProperty("eval_time") String evalTime,
      String alertname,
      @JsonProperty("exp_alerts") List<Alert> expAlerts) {}

  /** One alert that is firing. */
  @JsonPropertyOrder({"exp_labels", "exp_annotations"})
  record Alert(
      @JsonProperty("exp_labels") Map<String, String> expLabels,
      @JsonProperty("exp_annotations") Map<String, String> expAnnotations) {}
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

/**
 * Which rule gave a verdict. The wire names are stable: pipelines and dashboards select by them.
 */
public enum Rule {
  /** A claim's evidence passed its threshold. */
  EVIDENCE("evidence"),
  /** The hard stop, beside alpha: canary processes crash in init again and again. */
  INIT_CRASH_LOOP("init-crash-loop"),
  /** A rollback was the verdict before, and stays it. */
  LATCHED("latched"),
  /** The confidence bounds rule out a worse canary. */
  PROVEN("proven"),
  /** Nothing speaks against the canary after enough calls, and the policy is content with that. */
  POLICY("policy"),
  /** A person said so. */
  PERSON("person"),
  ARMS_UNKNOWN("arms-unknown"),
  DATA_STALE("data-stale"),
  NO_DATA("no-data"),
  BASELINE_FAILS_TOO("baseline-fails-too"),
  SCHEMA_MIGRATION("schema-migration"),
  COOL_DOWN("cool-down"),
  LOOP_GUARD("loop-guard"),
  ONE_POD("one-pod"),
  SAMPLING("sampling"),
  SAMPLE_RATIO("sample-ratio"),
  TRAFFIC_DROP("traffic-drop"),
  BUDGET_EXHAUSTED("budget-exhausted"),
  BUDGET_LOW("budget-low"),
  INIT_OBJECTIVE("init-objective"),
  ADVERSE_EVIDENCE("adverse-evidence"),
  INSUFFICIENT_EVIDENCE("insufficient-evidence");

  private final String id;

  Rule(String id) {
    this.id = id;
  }

  /** The rule's stable name. */
  public String id() {
    return id;
  }
}

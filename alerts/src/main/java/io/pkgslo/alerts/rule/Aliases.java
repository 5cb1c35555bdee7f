// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import java.util.List;
import java.util.Map;

/** Series of pkgslo under the names and in the units that older dashboards know. */
final class Aliases {
  private Aliases() {}

  static RuleGroup group() {
    return new RuleGroup(
        "pkgslo-aliases",
        null,
        List.of(
            alias("init_latency_p95_ms", "go_package_init_latency_p95_seconds * 1000"),
            alias("panic_rate_per_10k_calls", "go_package_panic_rate_per_10k_calls"),
            alias(
                "api_error_budget_consumption",
                "slo_error_budget_consumed_ratio{slo=\"availability\"} * 100")));
  }

  private static Rule alias(String name, String expr) {
    return new RecordRule(name, expr, Map.of());
  }
}

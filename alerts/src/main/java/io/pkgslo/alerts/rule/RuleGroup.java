// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/** Rules that Prometheus evaluates one after the other; names are unique within a file. */
@JsonPropertyOrder({"name", "rules"})
record RuleGroup(String name, List<AlertRule> rules) {
  RuleGroup {
    rules = List.copyOf(rules);
  }
}

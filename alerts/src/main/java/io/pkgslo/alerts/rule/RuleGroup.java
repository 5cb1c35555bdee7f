// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rules that Prometheus evaluates one after the other; names are unique within a file.
 *
 * @param interval between evaluations, as Prometheus writes durations; null for its own default
 */
@JsonPropertyOrder({"name", "interval", "rules"})
@JsonInclude(JsonInclude.Include.NON_NULL)
record RuleGroup(String name, @Nullable String interval, List<Rule> rules) {
  RuleGroup {
    rules = List.copyOf(rules);
  }
}

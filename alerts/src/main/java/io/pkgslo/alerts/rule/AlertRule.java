// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One alerting rule, as the Prometheus rule file spells it.
 *
 * @param holdFor {@code for}: how long the expression must hold; null for at once
 * @param labels added to the labels of the series
 */
@JsonPropertyOrder({"alert", "expr", "for", "labels", "annotations"})
@JsonInclude(JsonInclude.Include.NON_NULL)
record AlertRule(
    String alert,
    String expr,
    @JsonProperty("for") @Nullable String holdFor,
    Map<String, String> labels,
    Map<String, String> annotations) {}

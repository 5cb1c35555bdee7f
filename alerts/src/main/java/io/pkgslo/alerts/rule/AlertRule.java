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
 * @param keepFiringFor how long the alert goes on when it no longer holds; null for not at all
 * @param labels added to the labels of the series
 */
@JsonPropertyOrder({"alert", "expr", "for", "keep_firing_for", "labels", "annotations"})
@JsonInclude(JsonInclude.Include.NON_NULL)
record AlertRule(
    String alert,
    String expr,
    @JsonProperty("for") @Nullable String holdFor,
    @JsonProperty("keep_firing_for") @Nullable String keepFiringFor,
    Map<String, String> labels,
    Map<String, Text> annotations)
    implements Rule {}

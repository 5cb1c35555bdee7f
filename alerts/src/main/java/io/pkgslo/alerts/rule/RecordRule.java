// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One recording rule, as the Prometheus rule file spells it.
 *
 * @param record name of the new series
 * @param labels set on the new series; they replace labels of the same name
 */
@JsonPropertyOrder({"record", "expr", "labels"})
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record RecordRule(String record, String expr, Map<String, String> labels) implements Rule {

  RecordRule withLabel(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>();
    more.put(name, value);
    more.putAll(labels);
    return new RecordRule(record, expr, more);
  }
}

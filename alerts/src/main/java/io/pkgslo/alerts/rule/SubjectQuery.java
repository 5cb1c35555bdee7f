// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import java.util.List;

/**
 * A query for one series of the subject that an alert is about.
 *
 * @param series its name
 * @param matchers that are the same for all subjects, such as {@code slo='checkout'}
 * @param labels whose values come from the alert
 * @param filter behind the selector, such as {@code " > 0"}; empty for none
 */
record SubjectQuery(String series, String matchers, List<String> labels, String filter) {
  SubjectQuery {
    labels = List.copyOf(labels);
  }

  /** An expression of Prometheus' templates whose value is the query. */
  String template() {
    StringBuilder text = new StringBuilder("printf \"").append(series).append('{').append(matchers);
    labels.forEach(label -> text.append(',').append(label).append("=%q"));
    text.append('}').append(filter).append('"');
    labels.forEach(label -> text.append(" $labels.").append(label));
    return text.toString();
  }

  /** The query itself; the values of labels must need no escapes. */
  String render(AlertFacts facts) {
    StringBuilder text = new StringBuilder(series).append('{').append(matchers);
    labels.forEach(
        label -> text.append(',').append(label).append("=\"").append(facts.label(label) + '"'));
    return text.append('}').append(filter).toString();
  }
}

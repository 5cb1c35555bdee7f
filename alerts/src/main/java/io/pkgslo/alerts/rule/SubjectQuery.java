// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import java.util.List;

/**
 * A query for one series of the subject that an alert is about.
 *
 * @param series its name
 * @param slo the objective
 * @param sloOfAlert whether the alert says which objective it is, and not the rule
 * @param labels whose values come from the alert
 * @param filter behind the selector, such as {@code " > 0"}; empty for none
 */
record SubjectQuery(
    String series, String slo, boolean sloOfAlert, List<String> labels, String filter) {
  SubjectQuery {
    labels = List.copyOf(labels);
  }

  /** An expression of Prometheus' templates whose value is the query. */
  String template() {
    StringBuilder text = new StringBuilder("printf \"").append(series);
    text.append("{slo='").append(sloOfAlert ? "%s" : slo).append('\'');
    labels.forEach(label -> text.append(',').append(label).append("=%q"));
    text.append('}').append(filter).append('"').append(sloOfAlert ? " $labels.slo" : "");
    labels.forEach(label -> text.append(" $labels.").append(label));
    return text.toString();
  }

  /** The query itself; the values of labels must need no escapes. */
  String render(AlertFacts facts) {
    StringBuilder text = new StringBuilder(series).append("{slo='").append(slo).append('\'');
    labels.forEach(
        label -> text.append(',').append(label).append("=\"").append(facts.label(label) + '"'));
    return text.append('}').append(filter).toString();
  }
}

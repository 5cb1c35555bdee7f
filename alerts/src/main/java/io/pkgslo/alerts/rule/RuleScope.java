// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import io.pkgslo.alerts.objective.Slo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The objectives that a rule is for: one, of which the rule says everything in so many words, or
 * those that share it, of which it looks up what differs.
 *
 * @param ids of the objectives
 * @param name of a rule that can be shared, which leaves open which of them an alert is about, and
 *     which no other rule of the file has; null for the rule of one
 */
record RuleScope(List<String> ids, @Nullable String name) {
  /** Rules for this scope are equal where objectives can share them. */
  static final RuleScope ANY = new RuleScope(List.of(), "");

  RuleScope {
    ids = List.copyOf(ids);
  }

  static RuleScope of(Slo slo) {
    return new RuleScope(List.of(slo.id()), null);
  }

  static RuleScope shared(List<Slo> slos, String name) {
    return new RuleScope(slos.stream().map(Slo::id).toList(), name);
  }

  boolean isShared() {
    return name != null;
  }

  /**
   * Value of the label {@code slo} of an alert. Its series has it already; here it keeps promtool
   * from taking two rules for one, and a Prometheus that loads the file anew from giving what waits
   * in one rule to another.
   */
  String label() {
    return name == null ? String.join("", ids) : "{{ $labels.slo }}{{/* " + name + " */}}";
  }

  /** The matcher of their series. An id has no character that a regular expression means. */
  String matcher() {
    return ids.size() != 1
        ? "slo=~\"" + String.join("|", ids) + "\""
        : "slo=\"" + String.join("", ids) + "\"";
  }
}

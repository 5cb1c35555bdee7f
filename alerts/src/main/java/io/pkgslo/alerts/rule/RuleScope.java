// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import io.pkgslo.alerts.objective.Slo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The objectives that a rule is for: one, of which the rule says everything in so many words, or
 * several that share it, of which it looks up what differs.
 *
 * @param ids of the objectives
 * @param group that shares the rule, which leaves open which of them an alert is about; null for
 *     the rule of one
 */
record RuleScope(List<String> ids, @Nullable String group) {
  /** Rules for this scope are equal where objectives can share them. */
  static final RuleScope ANY = new RuleScope(List.of(), "");

  RuleScope {
    ids = List.copyOf(ids);
  }

  static RuleScope of(Slo slo) {
    return new RuleScope(List.of(slo.id()), null);
  }

  static RuleScope shared(List<Slo> slos, String group) {
    return new RuleScope(slos.stream().map(Slo::id).toList(), group);
  }

  boolean isShared() {
    return group != null;
  }

  /**
   * Value of the label {@code slo} of an alert. Its series has it already; here it keeps promtool
   * from taking the rules of two objectives, or of two groups that share rules, for duplicates.
   */
  String label() {
    return group == null
        ? String.join("", ids)
        : "{{ $labels.slo }}{{/* shared by " + group + " */}}";
  }

  /** The matcher of their series. An id has no character that a regular expression means. */
  String matcher() {
    return isShared()
        ? "slo=~\"" + String.join("|", ids) + "\""
        : "slo=\"" + String.join("", ids) + "\"";
  }
}

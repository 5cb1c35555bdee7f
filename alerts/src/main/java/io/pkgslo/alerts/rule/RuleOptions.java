// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import java.net.URI;
import java.time.Year;
import org.jspecify.annotations.Nullable;

/**
 * What rules are made like.
 *
 * @param link where pkgslo answers, for links in alerts; null for links to Prometheus' own graphs
 * @param since the year from which on portable rules list the starts of calendar periods; they do
 *     so for three years, since Prometheus knows no time zones
 */
public record RuleOptions(Form form, RuleKind kind, @Nullable URI link, Year since) {
  /** Native rules as a rule file. */
  public static final RuleOptions DEFAULT =
      new RuleOptions(Form.NATIVE, RuleKind.FILE, null, Year.of(2026));

  /** The same with another form. */
  public RuleOptions withForm(Form other) {
    return new RuleOptions(other, kind, link, since);
  }
}

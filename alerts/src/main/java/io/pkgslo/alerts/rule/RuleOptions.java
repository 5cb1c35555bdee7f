// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What rules are made like.
 *
 * @param link where pkgslo answers, for links in alerts; null for links to Prometheus' own graphs
 */
public record RuleOptions(Form form, RuleKind kind, @Nullable URI link) {
  /** Native rules as a rule file. */
  public static final RuleOptions DEFAULT = new RuleOptions(Form.NATIVE, RuleKind.FILE, null);

  /** The same with another form. */
  public RuleOptions withForm(Form other) {
    return new RuleOptions(other, kind, link);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import java.util.Locale;

/** What rules are wrapped into. */
public enum RuleKind {
  /** A rule file of Prometheus: one YAML document, since it reads no second one. */
  FILE,
  /** Documents of the Prometheus Operator, one per objective, so that none grows too large. */
  PROMETHEUSRULE;

  /** As options spell it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}

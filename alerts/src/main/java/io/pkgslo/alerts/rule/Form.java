// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import java.util.Locale;

/** Where the numbers of a rule come from. */
public enum Form {
  /** From the exact windows that pkgslo exports: two samples per subject and evaluation. */
  NATIVE,
  /** From the exported counters alone, added up by Prometheus. */
  PORTABLE;

  /** As options and settings spell it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}

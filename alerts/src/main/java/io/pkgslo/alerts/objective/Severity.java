// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective;

import java.util.regex.Pattern;

/**
 * Whom an alert reaches: the value of its label {@code severity}, by which Alertmanager routes.
 * Three have a meaning here; a team may bring names of its own, such as {@code sev1}.
 *
 * @param label 1 to 63 letters, digits, dots, dashes and underscores
 */
public record Severity(String label) {
  // First: the constants below are checked by it.
  private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}");

  /** Wakes somebody up. */
  public static final Severity PAGE = new Severity("page");

  /** Is looked at during working hours. */
  public static final Severity TICKET = new Severity("ticket");

  /** Is shown, and reaches nobody. */
  public static final Severity INFO = new Severity("info");

  public Severity {
    if (!isValid(label)) {
      throw new IllegalArgumentException(
          "severity '" + label + "': expected 1 to 63 letters, digits, dots, dashes, underscores");
    }
  }

  /** True when {@code label} can be a severity. */
  public static boolean isValid(String label) {
    return LABEL.matcher(label).matches();
  }
}

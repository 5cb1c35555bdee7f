// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

/** How the items that were counted were chosen. */
public enum Sampling {
  /** Every item arrived, or both arms are sampled alike: rates compare. */
  EQUAL,
  /** No item says how it was sampled. Taken as equal, and said. */
  UNKNOWN,
  /** The arms are sampled at different rates and the weights do not repair it. */
  UNEQUAL,
  /** Failed items are kept more often than good ones: every rate is wrong. */
  ERROR_BIASED;

  /** Whether evidence from such items may roll a release back, or promote it. */
  boolean trustworthy() {
    return switch (this) {
      case EQUAL, UNKNOWN -> true;
      case UNEQUAL, ERROR_BIASED -> false;
    };
  }
}

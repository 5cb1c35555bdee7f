// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.prometheus;

import io.pkgslo.alerts.gate.http.BadAsk;

/**
 * A text that a pattern may look at only so often: a pattern of a stranger can need longer than the
 * universe lasts. For one thread.
 */
final class Budgeted implements CharSequence {
  private static final int MOST_LOOKS = 50_000;

  private final String text;
  private int looks;

  Budgeted(String text) {
    this.text = text;
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public char charAt(int index) {
    if (++looks > MOST_LOOKS) {
      throw new BadAsk("a pattern takes too long");
    }
    return text.charAt(index);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.substring(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}

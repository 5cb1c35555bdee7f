// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.window;

/**
 * Valid and bad events of one SLI over one window, in units of 2^-20 event.
 *
 * @param valid not negative
 * @param bad not negative; may exceed {@code valid}, as panics of a package without calls do
 */
public record Sums(long valid, long bad) {
  public static final Sums NONE = new Sums(0, 0);

  /** No event at all: neither good nor bad. */
  public boolean isEmpty() {
    return valid == 0 && bad == 0;
  }
}

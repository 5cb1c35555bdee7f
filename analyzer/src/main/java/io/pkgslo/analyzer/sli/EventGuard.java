// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.analyzer.window.Sums;
import io.pkgslo.model.FixedPoint;

/**
 * How many events a window needs before its burn rate is one.
 *
 * @param minValid events; 0 is no guard, likewise {@code minBad}
 */
public record EventGuard(long minValid, long minBad) {
  /** More than any window holds, and little enough for fixed point. */
  private static final long MOST = 1L << 42;

  public EventGuard {
    if (minValid < 0 || minValid > MOST || minBad < 0 || minBad > MOST) {
      throw new IllegalArgumentException(
          "minimum events: expected 0 to " + MOST + ", was " + minValid + " and " + minBad);
    }
  }

  /** True when there are fewer events than that. */
  public boolean holdsBack(Sums window) {
    return window.valid() < Math.multiplyExact(minValid, FixedPoint.ONE)
        || window.bad() < Math.multiplyExact(minBad, FixedPoint.ONE);
  }
}

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
  /** True when there are fewer events than that. */
  public boolean holdsBack(Sums window) {
    return window.valid() < Math.multiplyExact(minValid, FixedPoint.ONE)
        || window.bad() < Math.multiplyExact(minBad, FixedPoint.ONE);
  }
}

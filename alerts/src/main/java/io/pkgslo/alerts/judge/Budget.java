// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

import org.jspecify.annotations.Nullable;

/**
 * The error budget that a release touches: that of the service's tightest objective.
 *
 * @param remainingRatio what is left of it; 1 is all, 0 or less is none
 * @param period its period as a person writes it, for instance {@code 7 d}
 * @param exhaustedInSeconds when it is gone at the current burn; absent if it does not burn
 * @param spentByReleaseRatio what this release has spent of it; absent if unknown
 */
public record Budget(
    double remainingRatio,
    String period,
    @Nullable Double exhaustedInSeconds,
    @Nullable Double spentByReleaseRatio) {

  public Budget {
    if (!Double.isFinite(remainingRatio)) {
      throw new IllegalArgumentException("remainingRatio is " + remainingRatio);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

import java.util.List;

/**
 * What init durations of a package are compared with: archived inits of the baseline's version,
 * since a long-running baseline has no inits now. Such a control is not concurrent, and every
 * answer that uses it says so.
 *
 * @param archivedSeconds durations of the baseline's inits, oldest first; the newest {@value
 *     #MAX_ARCHIVED} are kept
 * @param thresholdSeconds the objective's threshold, &gt; 0
 * @param target the objective's share of inits within the threshold, in (0, 1)
 */
public record InitControl(List<Double> archivedSeconds, double thresholdSeconds, double target) {

  /** More would make the exact test slow and hardly sharper. */
  public static final int MAX_ARCHIVED = 200;

  public InitControl {
    int surplus = Math.max(0, archivedSeconds.size() - MAX_ARCHIVED);
    archivedSeconds = List.copyOf(archivedSeconds.subList(surplus, archivedSeconds.size()));
    if (!(thresholdSeconds > 0)) {
      throw new IllegalArgumentException(
          "thresholdSeconds is " + thresholdSeconds + ", expected a number > 0");
    }
    if (!(target > 0 && target < 1)) {
      throw new IllegalArgumentException("target is " + target + ", expected a share in (0, 1)");
    }
  }
}

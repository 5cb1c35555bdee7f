// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  private static final Pattern PERIOD = Pattern.compile("([0-9]{1,9}) ([dh])");
  private static final double SECONDS_PER_HOUR = 3_600;
  private static final double HOURS_PER_DAY = 24;

  public Budget {
    if (!Double.isFinite(remainingRatio)) {
      throw new IllegalArgumentException("remainingRatio is " + remainingRatio);
    }
  }

  /**
   * The length of the period.
   *
   * @throws IllegalStateException if it is not written in days or hours
   */
  public double periodSeconds() {
    Matcher written = PERIOD.matcher(period);
    if (!written.matches()) {
      throw new IllegalStateException("period is \"" + period + "\", expected days or hours");
    }
    double hours = Double.parseDouble(written.group(1));
    return SECONDS_PER_HOUR * (written.group(2).equals("d") ? HOURS_PER_DAY * hours : hours);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Time whose events count neither as valid nor as bad. */
public sealed interface Exclusion {
  /** Why. */
  String reason();

  /** Who said so; null when nobody is named. */
  @Nullable String who();

  /**
   * One interval, such as an incident of a supplier.
   *
   * @param start inclusive
   * @param end exclusive, after {@code start}
   */
  record Once(Instant start, Instant end, String reason, String who) implements Exclusion {
    public Once {
      if (!end.isAfter(start)) {
        throw new IllegalArgumentException("an exclusion must end after its start: " + end);
      }
    }
  }

  /**
   * Intervals that recur, such as a maintenance window.
   *
   * @param start local time of the first one
   * @param zone where that time is; daylight saving moves the intervals with it
   * @param rule RRULE of RFC 5545 without its name, such as {@code FREQ=WEEKLY;BYDAY=SU}
   * @param length of each interval, a minute to a week
   */
  record Recurring(
      LocalDateTime start,
      ZoneId zone,
      String rule,
      Duration length,
      String reason,
      @Nullable String who)
      implements Exclusion {
    /** No interval is longer. */
    public static final Duration LONGEST = Duration.ofDays(7);

    public Recurring {
      if (length.compareTo(Duration.ofMinutes(1)) < 0 || length.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException("an exclusion lasts a minute to a week, not " + length);
      }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How durations are written in objective files, and how they are written back. */
public final class Durations {
  public static final Duration LONGEST_THRESHOLD = Duration.ofDays(1);

  /** What {@link #hold} takes, for messages. */
  public static final String EXPECTED_HOLD = "a whole number and s, m, h or d, up to 7d";

  private static final Pattern WINDOW = Pattern.compile("([0-9]{1,9})([mhdwMQY])");
  private static final Pattern THRESHOLD = Pattern.compile("([0-9]{1,14})(ns|us|ms|s|m)");
  private static final Pattern HOLD = Pattern.compile("([0-9]{1,9})([smhd])");
  private static final Duration LONGEST_HOLD = Duration.ofDays(7);
  private static final int SECOND_DECIMALS = 9;

  private Durations() {}

  /**
   * OpenSLO's shorthand: m, h, d and w, and months of 30, quarters of 90 and years of 365 days;
   * null when {@code text} is none.
   */
  public static @Nullable Duration window(String text) {
    Matcher matcher = WINDOW.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    long count = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      case "d" -> Duration.ofDays(count);
      case "w" -> Duration.ofDays(7 * count);
      case "M" -> Duration.ofDays(30 * count);
      case "Q" -> Duration.ofDays(90 * count);
      default -> Duration.ofDays(365 * count);
    };
  }

  /** What {@link #window} takes, for messages. */
  public static String expectedWindow(boolean months) {
    return "a whole number and m (minutes), h, d, w" + (months ? ", M (30 days), Q or Y" : "");
  }

  /** How long an alert holds: a whole number of s, m, h or d, up to a week; null when it is not. */
  public static @Nullable Duration hold(String text) {
    Matcher matcher = HOLD.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    long count = Long.parseLong(matcher.group(1));
    Duration hold =
        switch (matcher.group(2)) {
          case "s" -> Duration.ofSeconds(count);
          case "m" -> Duration.ofMinutes(count);
          case "h" -> Duration.ofHours(count);
          default -> Duration.ofDays(count);
        };
    return hold.compareTo(LONGEST_HOLD) > 0 ? null : hold;
  }

  /** A whole number of ns, us, ms, s or m; null when {@code text} is none. */
  public static @Nullable Duration threshold(String text) {
    Matcher matcher = THRESHOLD.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    long count = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ns" -> Duration.ofNanos(count);
      case "us" -> Duration.ofNanos(Math.multiplyExact(1_000L, count));
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      default -> Duration.ofMinutes(count);
    };
  }

  /** As {@link #threshold} reads it. */
  public static String thresholdText(Duration threshold) {
    long nanos = threshold.toNanos();
    if (nanos % 1_000_000_000L == 0) {
      return nanos / 1_000_000_000L + "s";
    }
    if (nanos % 1_000_000L == 0) {
      return nanos / 1_000_000L + "ms";
    }
    return nanos % 1_000 == 0 ? nanos / 1_000 + "us" : nanos + "ns";
  }

  /** Seconds with up to nine decimals; null when there are more, or more seconds than a day. */
  public static @Nullable Duration seconds(BigDecimal seconds) {
    if (seconds.compareTo(BigDecimal.valueOf(LONGEST_THRESHOLD.toSeconds())) > 0
        || seconds.stripTrailingZeros().scale() > SECOND_DECIMALS) {
      return null;
    }
    return Duration.ofNanos(seconds.movePointRight(SECOND_DECIMALS).longValueExact());
  }
}

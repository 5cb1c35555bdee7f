// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.prometheus;

import io.pkgslo.alerts.gate.http.BadAsk;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times and durations in the forms that Prometheus takes. */
final class QueryTime {
  private static final BigDecimal MILLIS_PER_SECOND = BigDecimal.valueOf(1000);
  private static final BigDecimal LIMIT = BigDecimal.valueOf(253_402_300_799L);
  private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,18}(\\.[0-9]{1,18})?");
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d|w)");

  private QueryTime() {}

  /** Seconds since 1970 or RFC 3339, to epoch milliseconds. */
  static long millis(String text) {
    if (NUMBER.matcher(text).matches()) {
      BigDecimal seconds = new BigDecimal(text);
      if (isInRange(seconds)) {
        return seconds.multiply(MILLIS_PER_SECOND).longValue();
      }
    }
    try {
      Instant time = OffsetDateTime.parse(text).toInstant();
      if (isInRange(BigDecimal.valueOf(time.getEpochSecond()))) {
        return time.toEpochMilli();
      }
    } catch (DateTimeException e) {
      throw unreadable(text);
    }
    throw unreadable(text);
  }

  /** Differences of what is further away would not fit into a long. */
  private static boolean isInRange(BigDecimal seconds) {
    return seconds.abs().compareTo(LIMIT) <= 0;
  }

  private static BadAsk unreadable(String text) {
    return new BadAsk("expected seconds since 1970 or RFC 3339, not '" + text + "'");
  }

  /** Seconds, or a duration such as 15s, to milliseconds over 0. */
  static long durationMillis(String text) {
    Matcher duration = DURATION.matcher(text);
    long millis;
    if (duration.matches()) {
      millis = Long.parseLong(duration.group(1)) * unitMillis(duration.group(2));
    } else if (NUMBER.matcher(text).matches()) {
      millis = new BigDecimal(text).multiply(MILLIS_PER_SECOND).min(LIMIT).longValue();
    } else {
      throw new BadAsk("expected seconds or a duration such as 15s, not '" + text + "'");
    }
    if (millis < 1) {
      throw new BadAsk("expected a step over 0");
    }
    return millis;
  }

  private static long unitMillis(String unit) {
    return switch (unit) {
      case "ms" -> 1;
      case "s" -> 1_000;
      case "m" -> 60_000;
      case "h" -> 3_600_000;
      case "d" -> 86_400_000;
      default -> 604_800_000;
    };
  }
}

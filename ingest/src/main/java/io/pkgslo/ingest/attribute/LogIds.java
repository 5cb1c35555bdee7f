// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import org.jspecify.annotations.Nullable;

/**
 * The ids of one log record, gathered from its fields. The first whole trace id stays; one of which
 * only the low half is known gives way to a whole one. Mutable, single-threaded.
 */
final class LogIds {
  private static final int HALF = 16;
  private static final int WHOLE = 32;
  private static final int LONGEST_DECIMAL = 20;
  private static final String GOOGLE = "/traces/";
  private static final String X_RAY_ROOT = "Root=";
  private static final String X_RAY_PARENT = "Parent=";

  private long high;
  private long low;
  private long span;

  void set(long traceIdHigh, long traceIdLow, long spanId) {
    high = traceIdHigh;
    low = traceIdLow;
    span = spanId;
  }

  boolean hasTrace() {
    return (high | low) != 0;
  }

  long traceIdHigh() {
    return high;
  }

  long traceIdLow() {
    return low;
  }

  /** 0 when unknown, and without a trace. */
  long spanId() {
    return hasTrace() ? span : 0;
  }

  /** Takes a field; most are none of an id. */
  void offer(String key, String value) {
    IdKey meaning = IdKey.of(key);
    if (meaning != null) {
      offer(meaning, value.strip());
    }
  }

  private void offer(IdKey meaning, String value) {
    switch (meaning) {
      case TRACE -> traceId(value);
      case SPAN -> span(value);
      case DATADOG_TRACE -> datadogTrace(value);
      case DATADOG_SPAN -> datadogSpan(value);
      case TRACEPARENT -> traceparent(value);
      case UBER -> split(value, ':');
      case B3 -> split(value, '-');
    }
  }

  private void traceId(String value) {
    if (value.startsWith("00-")) {
      traceparent(value);
      return;
    }
    String hex = value;
    int google = value.indexOf(GOOGLE);
    if (google >= 0) {
      hex = value.substring(google + GOOGLE.length());
    } else if (value.indexOf('-') > 0) {
      String xRay = xRay(value);
      hex = xRay == null ? "" : xRay;
      xRayParent(value);
    }
    if (hex.length() == WHOLE || hex.length() == HALF) {
      trace(hex);
    }
  }

  /** {@code 1-5759e988-bd862e3fe1be46a994272793}, also inside {@code Root=...;Parent=...}. */
  private static @Nullable String xRay(String value) {
    int root = value.indexOf(X_RAY_ROOT);
    int start = root < 0 ? 0 : root + X_RAY_ROOT.length();
    int semicolon = value.indexOf(';', start);
    String id = value.substring(start, semicolon < 0 ? value.length() : semicolon);
    boolean shaped = id.length() == WHOLE + 3 && id.startsWith("1-") && id.charAt(10) == '-';
    return shaped ? id.substring(2, 10) + id.substring(11) : null;
  }

  /** In the header the segment is the parent of what comes next: the span that logs. */
  private void xRayParent(String value) {
    int at = value.indexOf(X_RAY_PARENT);
    int from = at + X_RAY_PARENT.length();
    if (at >= 0 && from + HALF <= value.length()) {
      span(value.substring(from, from + HALF));
    }
  }

  private void traceparent(String value) {
    boolean shaped = value.length() >= 52 && value.charAt(2) == '-' && value.charAt(35) == '-';
    if (shaped) {
      trace(value.substring(3, 35));
      span(value.substring(36, 52));
    }
  }

  private void datadogTrace(String value) {
    if (value.length() == WHOLE) {
      trace(value);
    } else {
      Long decimal = decimal(value);
      if (decimal != null && !hasTrace()) {
        low = decimal;
      }
    }
  }

  private void datadogSpan(String value) {
    Long decimal = decimal(value);
    if (decimal != null && span == 0) {
      span = decimal;
    }
  }

  /** Jaeger's and B3's: trace, span, and what does not matter here. */
  private void split(String value, char separator) {
    int first = value.indexOf(separator);
    if (first <= 0) {
      return;
    }
    int second = value.indexOf(separator, first + 1);
    trace(padded(value.substring(0, first)));
    span(leftPadded(value.substring(first + 1, second < 0 ? value.length() : second), HALF));
  }

  private static String padded(String hex) {
    return leftPadded(hex, hex.length() <= HALF ? HALF : WHOLE);
  }

  private static String leftPadded(String hex, int length) {
    return hex.length() >= length ? hex : "0".repeat(length - hex.length()) + hex;
  }

  private void trace(String hex) {
    boolean whole = hex.length() == WHOLE;
    if (!(whole || hex.length() == HALF) || !Hex.isHex(hex) || (hasTrace() && high != 0)) {
      return;
    }
    long newLow = Hex.value(hex, hex.length() - HALF, hex.length());
    long newHigh = whole ? Hex.value(hex, 0, HALF) : 0;
    if ((newHigh | newLow) != 0 && (newHigh != 0 || !hasTrace())) {
      high = newHigh;
      low = newLow;
    }
  }

  private void span(String hex) {
    if (span == 0 && hex.length() == HALF && Hex.isHex(hex)) {
      span = Hex.value(hex, 0, HALF);
    }
  }

  /** An unsigned decimal; null for anything else, such as a number that lost its last digits. */
  private static @Nullable Long decimal(String value) {
    if (value.isEmpty() || value.length() > LONGEST_DECIMAL) {
      return null;
    }
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < '0' || value.charAt(i) > '9') {
        return null;
      }
    }
    try {
      return Long.parseUnsignedLong(value);
    } catch (NumberFormatException e) {
      return null;
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import java.util.Objects;

/**
 * A log record of severity ERROR or above.
 *
 * @param severity OTLP severity number, 17 to 24
 * @param text start of its text
 * @param traceId 32 lower-case hex digits, or empty
 * @param spanId 16 lower-case hex digits, or empty
 */
public record ErrorLog(
    long timeEpochNanos, int severity, String text, String traceId, String spanId) {
  public ErrorLog {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(traceId, "traceId");
    Objects.requireNonNull(spanId, "spanId");
  }
}

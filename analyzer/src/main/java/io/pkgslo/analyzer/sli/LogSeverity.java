// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

/** Ranges of OTLP severity numbers, as the label {@code severity} names them. */
public enum LogSeverity {
  /** No severity, or a number that OTLP does not have. */
  UNSET(0, "unset"),
  TRACE(1, "trace"),
  DEBUG(2, "debug"),
  INFO(3, "info"),
  WARN(4, "warn"),
  ERROR(5, "error"),
  FATAL(6, "fatal");

  /** How many there are. */
  public static final int COUNT = 7;

  private static final LogSeverity[] BY_RANGE = values();
  private static final int NUMBERS_PER_RANGE = 4;
  private static final int HIGHEST_NUMBER = 24;

  private final int code;
  private final String label;

  LogSeverity(int code, String label) {
    this.code = code;
    this.label = label;
  }

  /** The range of a severity number, 1 to 24. */
  public static LogSeverity of(int number) {
    return number < 1 || number > HIGHEST_NUMBER
        ? UNSET
        : BY_RANGE[(number - 1) / NUMBERS_PER_RANGE + 1];
  }

  /** Its place in the stored format, 0 to one less than {@link #COUNT}. */
  int code() {
    return code;
  }

  /** Value of the label. */
  public String label() {
    return label;
  }
}

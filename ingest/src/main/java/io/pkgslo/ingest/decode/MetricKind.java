// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

/** What kind of points a metric has. */
public enum MetricKind {
  /** A metric without data. */
  NONE(0),
  GAUGE(1),
  SUM(2),
  HISTOGRAM(3),
  EXPONENTIAL_HISTOGRAM(4),
  SUMMARY(5);

  private static final MetricKind[] VALUES = values();

  private final int code;

  MetricKind(int code) {
    this.code = code;
  }

  static MetricKind ofCode(int code) {
    return VALUES[code];
  }

  /** What the tape and hashes hold. */
  int code() {
    return code;
  }

  /** The kind that a tag of Metric sets; NONE for another field. */
  static MetricKind ofTag(int tag) {
    return switch (tag) {
      case OtlpFields.Metric.GAUGE -> GAUGE;
      case OtlpFields.Metric.SUM -> SUM;
      case OtlpFields.Metric.HISTOGRAM -> HISTOGRAM;
      case OtlpFields.Metric.EXPONENTIAL_HISTOGRAM -> EXPONENTIAL_HISTOGRAM;
      case OtlpFields.Metric.SUMMARY -> SUMMARY;
      default -> NONE;
    };
  }

  /** Whether OTLP gives it a temporality. */
  boolean hasTemporality() {
    return this == SUM || this == HISTOGRAM || this == EXPONENTIAL_HISTOGRAM;
  }
}

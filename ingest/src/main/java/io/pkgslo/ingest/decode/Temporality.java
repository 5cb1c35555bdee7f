// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

/** Over what time the values of a sum or histogram were summed up. */
public enum Temporality {
  /** Not said, or the metric is of a kind that has none. */
  UNSPECIFIED(0),
  /** Since the point before. */
  DELTA(1),
  /** Since the start time. */
  CUMULATIVE(2);

  private final int code;

  Temporality(int code) {
    this.code = code;
  }

  static Temporality ofCode(long code) {
    if (code == DELTA.code) {
      return DELTA;
    }
    return code == CUMULATIVE.code ? CUMULATIVE : UNSPECIFIED;
  }

  /** OTLP's number. */
  int code() {
    return code;
  }
}

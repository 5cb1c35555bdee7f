// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

/** Cells of a log record's row on the tape. */
final class LogRow {
  static final int TIME = 0;
  static final int OBSERVED_TIME = 1;
  static final int SEVERITY_NUMBER = 2;
  static final int SEVERITY_TEXT = 3;
  static final int BODY_KIND = 4;
  static final int BODY = 5;
  static final int ATTRIBUTES = 6;
  static final int FLAGS = 7;
  static final int TRACE_ID = 8;
  static final int SPAN_ID = 10;
  static final int EVENT_NAME = 11;
  static final int STRIDE = 12;

  private LogRow() {}
}

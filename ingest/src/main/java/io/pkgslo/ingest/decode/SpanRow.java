// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

/** Cells of a span's row on the tape. */
final class SpanRow {
  static final int TRACE_ID = 0;
  static final int SPAN_ID = 2;
  static final int PARENT_SPAN_ID = 3;
  static final int TRACE_STATE = 4;
  static final int NAME = 5;
  static final int KIND = 6;
  static final int START_TIME = 7;
  static final int END_TIME = 8;
  static final int STATUS_MESSAGE = 9;
  static final int STATUS_CODE = 10;
  static final int FLAGS = 11;
  static final int ATTRIBUTES = 12;
  static final int EVENTS = 13;
  static final int STRIDE = 14;

  private SpanRow() {}

  /** Cells of an event's row on the tape. */
  static final class Event {
    static final int TIME = 0;
    static final int NAME = 1;
    static final int ATTRIBUTES = 2;
    static final int STRIDE = 3;

    private Event() {}
  }
}

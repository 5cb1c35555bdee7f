// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import com.google.protobuf.ByteString;

/** What the reports of one panic say between them. */
final class PanicTexts {
  private PanicTexts() {}

  static String type(PanicGroup group) {
    for (ProcessReport member : group.reports()) {
      if (!member.report().getType().isEmpty()) {
        return member.report().getType();
      }
    }
    return "";
  }

  /** The stack of the report that blames, else any. */
  static String stack(PanicGroup group, ProcessReport blamed) {
    if (!blamed.report().getStack().isEmpty()) {
      return blamed.report().getStack();
    }
    for (ProcessReport member : group.reports()) {
      if (!member.report().getStack().isEmpty()) {
        return member.report().getStack();
      }
    }
    return "";
  }

  static ByteString traceId(PanicGroup group) {
    for (ProcessReport member : group.reports()) {
      if (!member.report().getTraceId().isEmpty()) {
        return member.report().getTraceId();
      }
    }
    return ByteString.EMPTY;
  }
}

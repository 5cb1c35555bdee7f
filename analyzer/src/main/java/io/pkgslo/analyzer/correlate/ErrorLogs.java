// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import com.google.protobuf.ByteString;
import io.pkgslo.model.wire.Origin;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The last error logs of each package since they were last taken, for people: few of each, and of a
 * bounded number of packages. Mutable, single-threaded.
 */
final class ErrorLogs {
  private static final int PER_PACKAGE = 3;
  private static final int PACKAGES = 64;

  private final Map<Subject, Deque<ErrorLog>> logs = new LinkedHashMap<>();

  void add(Origin origin, String goPackage, ErrorLog log) {
    Subject subject = new Subject(origin, goPackage);
    Deque<ErrorLog> ofPackage = logs.get(subject);
    if (ofPackage == null) {
      if (logs.size() == PACKAGES) {
        return;
      }
      ofPackage = new ArrayDeque<>(PER_PACKAGE);
      logs.put(subject, ofPackage);
    }
    if (ofPackage.size() == PER_PACKAGE) {
      ofPackage.removeFirst();
    }
    ofPackage.addLast(log);
  }

  /** Shows all, in the order of arrival of each package's, and forgets them. */
  void drain(BiConsumer<Subject, ErrorLog> output) {
    logs.forEach((subject, ofPackage) -> ofPackage.forEach(log -> output.accept(subject, log)));
    logs.clear();
  }

  static io.pkgslo.model.wire.ErrorLog toWire(ErrorLog log) {
    return io.pkgslo.model.wire.ErrorLog.newBuilder()
        .setTimeEpochNanos(log.timeEpochNanos())
        .setSeverity(log.severity())
        .setText(log.text())
        .setTraceId(bytes(log.traceId()))
        .setSpanId(bytes(log.spanId()))
        .build();
  }

  private static ByteString bytes(String hex) {
    return ByteString.copyFrom(HexFormat.of().parseHex(hex));
  }
}

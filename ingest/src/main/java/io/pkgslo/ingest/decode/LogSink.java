// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

/** Hears the log records of one record, in the order and under the rules of {@link TraceSink}. */
public interface LogSink {
  void resource(ResourceView resource);

  void scope(ScopeView scope);

  void logRecord(LogRecordView logRecord);
}

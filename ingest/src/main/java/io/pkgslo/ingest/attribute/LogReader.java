// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import io.pkgslo.ingest.decode.AttributeKeys;
import io.pkgslo.ingest.decode.LogRecordView;
import io.pkgslo.ingest.decode.LogSink;
import io.pkgslo.ingest.decode.ResourceView;
import io.pkgslo.ingest.decode.ScopeView;

final class LogReader implements LogSink {
  LogReader(AttributeSettings settings, AttributeKeys keys, Mains mains, RecordScope record) {}

  @Override
  public void resource(ResourceView resource) {}

  @Override
  public void scope(ScopeView scope) {}

  @Override
  public void logRecord(LogRecordView logRecord) {}
}

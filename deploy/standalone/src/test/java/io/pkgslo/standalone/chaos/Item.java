// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.chaos;

import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;

/** One span or log record as its process gave it out, before anyone put it into a batch. */
sealed interface Item {
  Resource resource();

  /** Name of the instrumentation scope; empty for lines that a shipper read. */
  String scope();

  record OfSpan(Resource resource, String scope, Span span) implements Item {}

  record OfLog(Resource resource, String scope, LogRecord log) implements Item {}
}

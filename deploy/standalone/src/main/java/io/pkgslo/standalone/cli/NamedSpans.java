// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.cli;

import io.pkgslo.ingest.decode.ResourceView;
import io.pkgslo.ingest.decode.ScopeView;
import io.pkgslo.ingest.decode.SpanView;
import io.pkgslo.ingest.decode.TraceSink;
import java.util.List;

/** Notes the names of spans that become facts, in their order, on the way to their reader. */
record NamedSpans(TraceSink reader, List<String> names) implements TraceSink {
  @Override
  public void resource(ResourceView resource) {
    reader.resource(resource);
  }

  @Override
  public void scope(ScopeView scope) {
    reader.scope(scope);
  }

  @Override
  public void span(SpanView span) {
    reader.span(span);
    boolean usable = span.hasTraceId() && span.spanId() != 0 && span.endEpochNanos() != 0;
    if (usable) {
      names.add(span.name().toString());
    }
  }
}

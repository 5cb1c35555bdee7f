// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

import io.pkgslo.ingest.decode.RecordTape.ResourceRow;
import io.pkgslo.ingest.decode.RecordTape.ScopeRow;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Decodes records of a topic of traces: TracesData, which is also ExportTraceServiceRequest, in
 * protobuf or JSON. In steady state it allocates nothing for protobuf. One instance per thread; not
 * to be entered from its own sink.
 */
public final class OtlpTraceDecoder {
  private final RecordTape tape = new RecordTape();
  private final ValueReader reader;
  private final ResourceView resource;
  private final ScopeView scope;
  private final SpanView span;

  /**
   * Builds a decoder.
   *
   * @param keys the attributes that the sink asks for by number, of resources, scopes, spans and
   *     events alike
   */
  public OtlpTraceDecoder(AttributeKeys keys, DecodeLimits limits) {
    WireReader in = new WireReader(limits.maxDepth());
    ContentHasher hasher = new ContentHasher();
    this.reader = new ValueReader(limits, MessageType.TRACES, new SpanParser(in, tape, keys));
    this.resource = new ResourceView(tape, keys, hasher);
    this.scope = new ScopeView(tape, keys, hasher);
    this.span = new SpanView(tape, keys);
  }

  /**
   * Decodes one value and tells the sink what is in it.
   *
   * @param value null (a tombstone) and empty are messages without content; it is not moved
   * @throws MalformedOtlpException before the sink has heard anything of the record
   */
  public void decode(@Nullable ByteBuffer value, TraceSink sink) throws MalformedOtlpException {
    tape.keepToo(sink.furtherKeys());
    if (!reader.read(value)) {
      return;
    }
    for (int row = 0; row < tape.resources.size(); row += ResourceRow.STRIDE) {
      resource.moveTo(row);
      sink.resource(resource);
      emitScopes(tape.resources.get(row + ResourceRow.SCOPES), sink);
    }
  }

  private void emitScopes(long range, TraceSink sink) {
    int row = Packed.high(range) * ScopeRow.STRIDE;
    for (int i = 0; i < Packed.low(range); i++, row += ScopeRow.STRIDE) {
      scope.moveTo(row);
      sink.scope(scope);
      emitSpans(tape.scopes.get(row + ScopeRow.ITEMS), sink);
    }
  }

  private void emitSpans(long range, TraceSink sink) {
    int row = Packed.high(range) * SpanRow.STRIDE;
    for (int i = 0; i < Packed.low(range); i++, row += SpanRow.STRIDE) {
      span.moveTo(row);
      sink.span(span);
    }
  }
}

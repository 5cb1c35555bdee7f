// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.chaos;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Items that depend on each other, and what they mean. They have to be delivered within less than
 * the settle delay; different scenes are independent, in any order and at any distance in time.
 */
final class Scene {
  private static final int SEVERITY_ERROR = 17;
  private static final int SEVERITY_INFO = 9;

  private final Ledger ledger;
  private final long traceHigh;
  private final long traceLow;
  private final Weight weight;
  private final List<Item> items = new ArrayList<>();

  /** How many calls a span of the trace stands for, and how its sender says so. */
  enum Weight {
    ONE(1, "", 0),
    TWO(2, "ot=th:8", 0x80_0000_0000_0000L),
    FOUR(4, "vendor=x,ot=th:c", 0xc0_0000_0000_0000L);

    private final long count;
    private final String traceState;

    /** The low 56 bits of the trace id are the randomness, which has to reach the threshold. */
    private final long randomness;

    Weight(long count, String traceState, long randomness) {
      this.count = count;
      this.traceState = traceState;
      this.randomness = randomness;
    }
  }

  Scene(Ledger ledger, long traceHigh, long traceLow, Weight weight) {
    this.ledger = ledger;
    this.traceHigh = traceHigh;
    this.traceLow = traceLow | weight.randomness;
    this.weight = weight;
  }

  List<Item> items() {
    return items;
  }

  /** A span of this trace; 0 for no parent. */
  Span.Builder span(long id, long parent, Span.SpanKind kind, long endNanos, long durationNanos) {
    Span.Builder span =
        Span.newBuilder()
            .setTraceId(traceId())
            .setSpanId(spanId(id))
            .setTraceState(weight.traceState)
            .setName("work")
            .setKind(kind)
            .setStartTimeUnixNano(endNanos - durationNanos)
            .setEndTimeUnixNano(endNanos);
    return parent == 0 ? span : span.setParentSpanId(spanId(parent));
  }

  ByteString traceId() {
    return ByteString.copyFrom(ByteBuffer.allocate(16).putLong(traceHigh).putLong(traceLow).flip());
  }

  static ByteString spanId(long id) {
    return ByteString.copyFrom(ByteBuffer.allocate(8).putLong(id).flip());
  }

  /** Sends a span, and writes down the call that it is. */
  void call(Emitter emitter, String scope, Span span, String goPackage, String status) {
    items.add(new Item.OfSpan(emitter.sdk(), scope, span));
    long duration = span.getEndTimeUnixNano() - span.getStartTimeUnixNano();
    ledger.add(
        emitter.subject(goPackage),
        new Ledger.Call(
            kind(span.getKind()), status, span.getEndTimeUnixNano(), duration, weight.count));
  }

  private static String kind(Span.SpanKind kind) {
    return switch (kind) {
      case SPAN_KIND_INTERNAL -> "internal";
      case SPAN_KIND_SERVER -> "server";
      case SPAN_KIND_CLIENT -> "client";
      case SPAN_KIND_PRODUCER -> "producer";
      case SPAN_KIND_CONSUMER -> "consumer";
      case SPAN_KIND_UNSPECIFIED, UNRECOGNIZED -> "unspecified";
    };
  }

  /** Writes down a panic that some span reports. */
  void panicOfSpan(Emitter emitter, String goPackage, long nanos) {
    ledger.add(emitter.subject(goPackage), new Ledger.Panic(nanos, weight.count));
  }

  /** Writes down a panic that no span reports. */
  void panicOfLines(Emitter emitter, String goPackage, long nanos) {
    ledger.add(emitter.subject(goPackage), new Ledger.Panic(nanos, 1));
  }

  /** Sends a log record of this trace; it is nobody's call. */
  LogRecord.Builder log(long spanId, long nanos, String text, boolean error) {
    return LogRecord.newBuilder()
        .setTraceId(traceId())
        .setSpanId(spanId(spanId))
        .setTimeUnixNano(nanos)
        .setObservedTimeUnixNano(nanos)
        .setSeverityNumberValue(error ? SEVERITY_ERROR : SEVERITY_INFO)
        .setBody(AnyValue.newBuilder().setStringValue(text));
  }

  void log(Emitter emitter, String scope, LogRecord.Builder log) {
    items.add(new Item.OfLog(emitter.sdk(), scope, log.build()));
  }

  /**
   * Sends a line of a process's standard error.
   *
   * @param named whether its shipper knows the service
   */
  void line(Emitter emitter, boolean named, long nanos, String text) {
    LogRecord line =
        LogRecord.newBuilder()
            .setTimeUnixNano(nanos)
            .setObservedTimeUnixNano(nanos)
            .setBody(AnyValue.newBuilder().setStringValue(text))
            .addAttributes(Emitter.text("log.iostream", "stderr"))
            .addAttributes(Emitter.text("log.file.path", "/var/log/" + emitter.instance()))
            .build();
    items.add(new Item.OfLog(emitter.shipper(named), "", line));
  }

  void init(Emitter emitter, String goPackage, long nanos, long durationNanos) {
    ledger.add(emitter.subject(goPackage), new Ledger.Init(nanos, durationNanos));
  }

  void initFailure(Emitter emitter, String goPackage, long nanos) {
    ledger.add(emitter.subject(goPackage), new Ledger.InitFailure(nanos));
  }
}

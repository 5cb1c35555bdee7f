// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import io.pkgslo.model.AttributionSource;

/**
 * One log record that names a trace. Mutable and reused: it is valid only during the call of {@link
 * FactSink#log} that hands it over. Not thread-safe.
 */
public final class LogFact {
  long identityHigh;
  long identityLow;
  long traceIdHigh;
  long traceIdLow;
  long spanId;
  ProcessOrigin origin = SpanFact.NOWHERE;
  String goPackage = "";
  AttributionSource source = AttributionSource.NONE;
  int severity;
  long timeEpochNanos;
  String excerpt = "";

  LogFact() {}

  public long identityHigh() {
    return identityHigh;
  }

  public long identityLow() {
    return identityLow;
  }

  /** 0 when only the low half is known. */
  public long traceIdHigh() {
    return traceIdHigh;
  }

  public long traceIdLow() {
    return traceIdLow;
  }

  /** 0: the record names no span. */
  public long spanId() {
    return spanId;
  }

  public ProcessOrigin origin() {
    return origin;
  }

  /** Import path, {@code std}, or empty: take the span's package. */
  public String goPackage() {
    return goPackage;
  }

  /** What decided the package; {@link AttributionSource#NONE} without one. */
  public AttributionSource source() {
    return source;
  }

  /** OTLP severity number, 0 to 24. */
  public int severity() {
    return severity;
  }

  public long timeEpochNanos() {
    return timeEpochNanos;
  }

  /** Start of the text of a record of severity ERROR or above; else empty. */
  public String excerpt() {
    return excerpt;
  }
}

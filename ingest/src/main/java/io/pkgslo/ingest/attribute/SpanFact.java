// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

/**
 * One span as a fact about a Go package. Mutable and reused: it is valid only during the call of
 * {@link FactSink#span} that hands it over. Not thread-safe.
 */
public final class SpanFact {
  static final ProcessOrigin NOWHERE =
      new ProcessOrigin(
          "", ProcessOrigin.UNKNOWN_VERSION, "", "service:/", java.util.List.of(), 0, 0);

  long traceIdHigh;
  long traceIdLow;
  long spanId;
  long parentSpanId;
  ProcessOrigin origin = NOWHERE;
  String goPackage = "";
  String peer = "";
  int traits;
  long endEpochNanos;
  long durationNanos;
  long weight;

  SpanFact() {}

  public long traceIdHigh() {
    return traceIdHigh;
  }

  public long traceIdLow() {
    return traceIdLow;
  }

  public long spanId() {
    return spanId;
  }

  /** 0: a root. */
  public long parentSpanId() {
    return parentSpanId;
  }

  public ProcessOrigin origin() {
    return origin;
  }

  /** Import path, {@code std}, or empty when the span itself does not say. */
  public String goPackage() {
    return goPackage;
  }

  /** Who is called, or what answers, see {@link PeerNames}; empty when the span does not say. */
  public String peer() {
    return peer;
  }

  /** Bits of {@link io.pkgslo.model.SpanTraits}. */
  public int traits() {
    return traits;
  }

  public long endEpochNanos() {
    return endEpochNanos;
  }

  /** Never negative. */
  public long durationNanos() {
    return durationNanos;
  }

  /** Adjusted count in units of 2^-20. */
  public long weight() {
    return weight;
  }
}

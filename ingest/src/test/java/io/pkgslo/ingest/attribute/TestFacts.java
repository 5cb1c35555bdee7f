// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

/** Facts for the tests of the stages behind. */
public final class TestFacts {
  private TestFacts() {}

  /** A span of trace 1. */
  public static SpanFact span(long id, ProcessOrigin origin, String goPackage) {
    SpanFact fact = new SpanFact();
    fact.traceIdLow = 1;
    fact.spanId = id;
    fact.origin = origin;
    fact.goPackage = goPackage;
    return fact;
  }

  /** As {@link #span(long, ProcessOrigin, String)}, of a span that calls somebody. */
  public static SpanFact call(long id, ProcessOrigin origin, String peer) {
    SpanFact fact = span(id, origin, "");
    fact.peer = peer;
    return fact;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import java.util.Objects;

/**
 * Items of one package and bucket that name one span which has not come: children of it, log
 * records, or the call that it answers. They are kept until it comes or is given up.
 *
 * @param what they have in common
 * @param process of the first of them, as Origin.process spells it
 * @param open how many still hope for the span
 * @param counted how many were counted as orphans
 * @param latestMillis when the last of them arrived
 */
public record Orphan(Key what, String process, long open, long counted, long latestMillis) {

  /** Detail of children of the missing span; a log record has its severity there. */
  public static final int SPAN = -1;

  /** Detail of a call of which no callee came: what is missing is a child of the span. */
  public static final int CALL = -2;

  /**
   * What orphans have in common.
   *
   * @param traceHigh 0 when only the low half of the trace id is known
   * @param missingSpanId id of the span that has not come; of its parent for a {@link #CALL}
   * @param item kind and time
   */
  public record Key(
      long traceHigh,
      long traceLow,
      long missingSpanId,
      String service,
      String version,
      String goPackage,
      Item item) {
    public Key {
      Objects.requireNonNull(service, "service");
      Objects.requireNonNull(version, "version");
      Objects.requireNonNull(goPackage, "goPackage");
      Objects.requireNonNull(item, "item");
    }
  }

  /**
   * Kind and time of an orphan.
   *
   * @param detail {@link #SPAN}, {@link #CALL}, or a severity number
   * @param bucketEpochSeconds event time, a multiple of 10
   */
  public record Item(int detail, long bucketEpochSeconds) {}

  public Orphan {
    Objects.requireNonNull(what, "what");
    Objects.requireNonNull(process, "process");
  }

  boolean isSpan() {
    return what.item().detail() == SPAN;
  }

  boolean isCall() {
    return what.item().detail() == CALL;
  }

  Orphan withOneMore(long arrivedMillis) {
    return new Orphan(what, process, open + 1, counted, Math.max(latestMillis, arrivedMillis));
  }

  /** The hope is given up. */
  Orphan asCounted() {
    return new Orphan(what, process, 0, counted + open, latestMillis);
  }
}

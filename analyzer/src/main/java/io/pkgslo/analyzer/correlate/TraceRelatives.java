// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import io.pkgslo.analyzer.correlate.SpanPanics.Reported;
import io.pkgslo.analyzer.correlate.SpanPanics.TraceKey;
import io.pkgslo.model.SpanTraits;
import org.jspecify.annotations.Nullable;

/**
 * What the spans around a span say about it: whose package it borrows, whose error it passes on,
 * whose panic it reports again. All answers follow from what was seen since {@code fromSecond}.
 * Mutable, single-threaded.
 */
final class TraceRelatives {
  private static final int MAX_VISITED = 1 << 16;

  private final SpanIndex index;
  private final SpanPanics panics;
  private final NearestSpan nearest;
  private long childrenCutShort;

  TraceRelatives(int maxSpans) {
    this.index = new SpanIndex(maxSpans);
    this.panics = new SpanPanics(index);
    this.nearest = new NearestSpan(index, MAX_VISITED);
  }

  SpanIndex index() {
    return index;
  }

  SpanPanics panics() {
    return panics;
  }

  void forgetBefore(int second) {
    index.forgetBefore(second);
    panics.forgetBefore(second);
  }

  /**
   * The package of a span: its own, else that of the nearest span, else what its exception hints
   * at, else the service's bucket (reference: go-telemetry.md 4.2).
   *
   * @param slot of the span, or {@link SpanIndex#NONE} when it is no longer known
   * @param spoken what the span itself says, firm or a hint; null when it says nothing
   */
  String packageOf(int slot, @Nullable String spoken, int fromSecond) {
    String goPackage = slot == SpanIndex.NONE ? null : index.goPackage(slot);
    if (goPackage == null && slot != SpanIndex.NONE) {
      goPackage = nearest.packageFor(slot, fromSecond);
    }
    if (goPackage == null) {
      goPackage = spoken;
    }
    return goPackage == null ? Origins.UNATTRIBUTED : goPackage;
  }

  /** As {@link #packageOf(int, String, int)}, of a span of which no more than its slot is known. */
  String packageOf(int slot, int fromSecond) {
    String spoken = slot == SpanIndex.NONE ? null : index.spokenPackage(slot);
    return packageOf(slot, spoken, fromSecond);
  }

  /**
   * True if the error of a failed span begins in it: a panic does in the innermost span that
   * reports it, whatever else failed below; any other error does where no child failed.
   */
  boolean isOwnError(TraceKey trace, long spanId, int fromSecond) {
    boolean passesPanicOn = false;
    for (Reported reported : panics.ofSpan(trace, spanId, fromSecond)) {
      if (!panics.isCopy(reported, fromSecond)) {
        return true;
      }
      passesPanicOn = true;
    }
    return !passesPanicOn && !hasFailedChild(trace, spanId, fromSecond);
  }

  private boolean hasFailedChild(TraceKey trace, long spanId, int fromSecond) {
    int slot = index.find(trace.high(), trace.low(), spanId, fromSecond);
    if (slot == SpanIndex.NONE) {
      return false;
    }
    int visited = 0;
    int child = index.firstChild(slot, fromSecond);
    for (; child != SpanIndex.NONE; child = index.nextChild(slot, child, fromSecond)) {
      // A span that names itself as its parent explains nothing.
      if (child != slot && SpanTraits.has(index.traits(child), SpanTraits.FAILED)) {
        return true;
      }
      if (++visited >= MAX_VISITED) {
        childrenCutShort++;
        return false;
      }
    }
    return false;
  }

  /** True if a span, as a child, shows that the context of its parent's call arrived. */
  static boolean continuesCall(int traits) {
    int kind = SpanTraits.kind(traits);
    return kind == SpanTraits.KIND_SERVER
        || kind == SpanTraits.KIND_CONSUMER
        || SpanTraits.has(traits, SpanTraits.PARENT_REMOTE);
  }

  /**
   * True if a call leaves the process in a span of its own and nobody who was called is known: its
   * children neither continue it elsewhere nor are the calls that really leave, as those of an HTTP
   * client under an API client are.
   */
  boolean isUnanswered(int slot, int fromSecond) {
    int visited = 0;
    int child = index.firstChild(slot, fromSecond);
    for (; child != SpanIndex.NONE; child = index.nextChild(slot, child, fromSecond)) {
      int traits = index.traits(child);
      if (child != slot && (continuesCall(traits) || isCall(traits))) {
        return false;
      }
      if (++visited >= MAX_VISITED) {
        childrenCutShort++;
        return false;
      }
    }
    return true;
  }

  /** True for CLIENT and PRODUCER. */
  static boolean isCall(int traits) {
    int kind = SpanTraits.kind(traits);
    return kind == SpanTraits.KIND_CLIENT || kind == SpanTraits.KIND_PRODUCER;
  }

  /** How often a search ended at its bound since this was last asked. */
  long takeSearchesCutShort() {
    long count = nearest.takeSearchesCutShort() + childrenCutShort;
    childrenCutShort = 0;
    return count;
  }
}

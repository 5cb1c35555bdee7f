// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import io.pkgslo.model.SpanTraits;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The package that a span borrows from its nearest resolved span (reference: sli.md, Identities):
 * of the same process; SERVER and CONSUMER look at descendants first, all others at ancestors, then
 * in the other direction; fewest hops, then earliest start, then smallest span id. Hops are counted
 * through spans of any process.
 *
 * <p>A search ends after a number of spans, so that no trace makes it quadratic. Not thread-safe.
 */
final class NearestSpan {
  private final SpanIndex index;
  private final int maxVisited;
  private long searchesCutShort;

  /** State of one search among descendants: the spans of one level, and the best of the next. */
  private int[] level = new int[64];

  private int[] nextLevel = new int[64];
  private int inNext;
  private int best;
  private int visited;

  NearestSpan(SpanIndex index, int maxVisited) {
    this.index = index;
    this.maxVisited = maxVisited;
  }

  /**
   * The package to borrow, or null when no relative has one.
   *
   * @param slot of a span that does not say itself
   * @param fromSecond relatives that were last seen before are not looked at
   */
  @Nullable String packageFor(int slot, int fromSecond) {
    int kind = SpanTraits.kind(index.traits(slot));
    boolean downFirst = kind == SpanTraits.KIND_SERVER || kind == SpanTraits.KIND_CONSUMER;
    int nearest = downFirst ? below(slot, fromSecond) : above(slot, fromSecond);
    if (nearest == SpanIndex.NONE) {
      nearest = downFirst ? above(slot, fromSecond) : below(slot, fromSecond);
    }
    return nearest == SpanIndex.NONE ? null : index.goPackage(nearest);
  }

  private int above(int slot, int fromSecond) {
    int mark = slot;
    int ancestor = index.parent(slot, fromSecond);
    for (int hops = 1; ancestor != SpanIndex.NONE; hops++) {
      if (isCandidate(ancestor, slot)) {
        return ancestor;
      }
      if (hops >= maxVisited) {
        searchesCutShort++;
        return SpanIndex.NONE;
      }
      // Ids are whatever was sent, so parents can form a circle (found as Brent does: a mark that
      // moves up at every power of two).
      if (ancestor == mark) {
        return SpanIndex.NONE;
      }
      if (Integer.bitCount(hops) == 1) {
        mark = ancestor;
      }
      ancestor = index.parent(ancestor, fromSecond);
    }
    return SpanIndex.NONE;
  }

  private int below(int slot, int fromSecond) {
    best = SpanIndex.NONE;
    visited = 0;
    level[0] = slot;
    int inLevel = 1;
    while (inLevel > 0 && best == SpanIndex.NONE) {
      inNext = 0;
      for (int i = 0; i < inLevel && visited < maxVisited; i++) {
        visitChildren(level[i], slot, fromSecond);
      }
      int[] visitedLevel = level;
      level = nextLevel;
      nextLevel = visitedLevel;
      inLevel = inNext;
    }
    if (visited >= maxVisited) {
      searchesCutShort++;
    }
    return best;
  }

  private void visitChildren(int parent, int slot, int fromSecond) {
    int child = index.firstChild(parent, fromSecond);
    for (; child != SpanIndex.NONE; child = index.nextChild(parent, child, fromSecond)) {
      if (visited >= maxVisited) {
        return;
      }
      visited++;
      // A circle of parents leads back to where the search began and nowhere else.
      if (child == slot) {
        continue;
      }
      if (isCandidate(child, slot) && (best == SpanIndex.NONE || precedes(child, best))) {
        best = child;
      }
      if (inNext == nextLevel.length) {
        nextLevel = Arrays.copyOf(nextLevel, 2 * inNext);
      }
      nextLevel[inNext++] = child;
    }
  }

  private boolean isCandidate(int relative, int slot) {
    return index.goPackage(relative) != null && index.sameProcess(relative, slot);
  }

  private boolean precedes(int one, int other) {
    int byStart = Long.compareUnsigned(index.startNanos(one), index.startNanos(other));
    return byStart < 0
        || (byStart == 0 && Long.compareUnsigned(index.spanId(one), index.spanId(other)) < 0);
  }

  /** How often a search ended at its bound since this was last asked. */
  long takeSearchesCutShort() {
    long count = searchesCutShort;
    searchesCutShort = 0;
    return count;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import io.pkgslo.model.ArmText;
import io.pkgslo.model.SpanTraits;
import io.pkgslo.model.wire.Origin;
import java.util.HashMap;
import java.util.Map;

/**
 * The arm of a span within its process: what tells the arms of a rollout apart, a routed header
 * say, often stands on the span of the server alone, and all that runs below belongs to it. Not
 * thread-safe.
 */
final class EnclosingArms {
  private static final int MAX_HOPS = 64;
  private static final int LIMIT = 1 << 14;

  private record Pair(Origin origin, String arm) {}

  private final SpanIndex index;
  private final Map<Pair, Origin> known = new HashMap<>();
  private long cutShort;

  EnclosingArms(SpanIndex index) {
    this.index = index;
  }

  /**
   * The origin of a span, with the attributes that it lacks and the nearest enclosing spans of its
   * process have.
   *
   * @param traits of the span
   * @param slot of the span, or {@link SpanIndex#NONE} when it is no longer known
   */
  Origin of(Origin origin, int traits, int slot, int fromSecond) {
    if (slot == SpanIndex.NONE || !SpanTraits.has(traits, SpanTraits.ARM_OPEN)) {
      return origin;
    }
    String arm = origin.getArm();
    int ancestor = index.parent(slot, fromSecond);
    for (int hops = 0; isEnclosing(ancestor, slot); hops++) {
      if (hops == MAX_HOPS) {
        cutShort++;
        break;
      }
      String enclosing = index.origin(ancestor).getArm();
      if (ArmText.hasAttributes(enclosing)) {
        arm = ArmText.inheriting(arm, enclosing);
      }
      ancestor = index.parent(ancestor, fromSecond);
    }
    return arm.equals(origin.getArm()) ? origin : canonical(origin, arm);
  }

  private boolean isEnclosing(int ancestor, int slot) {
    return ancestor != SpanIndex.NONE && ancestor != slot && index.sameProcess(ancestor, slot);
  }

  private Origin canonical(Origin origin, String arm) {
    if (known.size() >= LIMIT) {
      known.clear();
    }
    return known.computeIfAbsent(
        new Pair(origin, arm), pair -> pair.origin().toBuilder().setArm(pair.arm()).build());
  }

  /** How often a search ended at its bound since this was last asked. */
  long takeSearchesCutShort() {
    long count = cutShort;
    cutShort = 0;
    return count;
  }
}

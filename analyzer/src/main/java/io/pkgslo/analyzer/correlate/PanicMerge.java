// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which reports of one process are one panic (reference: sli.md, Panic 2): one-to-one, only between
 * different kinds of source, of equal type or equal normalised message, within 5 s, and of one
 * trace where both name one.
 *
 * <p>Reports join from the earliest on, each the panic that fits best and then the earliest:
 * reports of one trace first, then the others. So a decision needs to know nothing later than 5 s
 * after it, and a recurring panic pairs in its order.
 */
final class PanicMerge {
  /** Groups further back cannot hold a report within 5 s: theirs span 5 s themselves. */
  private static final long REACH_NANOS = 10_000_000_000L;

  private PanicMerge() {}

  /**
   * The panics of {@code reports} by event time. Reports that belong to a panic of {@code settled}
   * are in no group of the result but in {@code late}.
   */
  static List<PanicGroup> merge(
      List<ProcessReport> reports, List<PanicGroup> settled, List<ProcessReport> late) {
    List<ProcessReport> inOrder = new ArrayList<>(reports);
    inOrder.sort(ProcessReport.BY_TIME);
    List<PanicGroup> groups = new ArrayList<>();
    for (ProcessReport report : inOrder) {
      groups.add(new PanicGroup(report));
    }
    // Two passes: what a trace joins must not be taken by an earlier report without one.
    groups = join(groups, settled, late, 3);
    groups = join(groups, settled, late, 1);
    groups.sort(Comparator.comparingLong(PanicGroup::timeNanos));
    return groups;
  }

  private static List<PanicGroup> join(
      List<PanicGroup> groups, List<PanicGroup> settled, List<ProcessReport> late, int affinity) {
    List<PanicGroup> joined = new ArrayList<>();
    for (PanicGroup group : groups) {
      PanicGroup known = best(group, settled, affinity);
      PanicGroup earlier = best(group, joined, affinity);
      if (known != null) {
        known.joinLate(group);
        late.addAll(group.reports());
      } else if (earlier != null) {
        earlier.join(group);
      } else {
        joined.add(group);
      }
    }
    return joined;
  }

  private static @Nullable PanicGroup best(
      PanicGroup group, List<PanicGroup> candidates, int affinity) {
    long timeNanos = group.reports().get(0).timeNanos();
    PanicGroup best = null;
    int bestAffinity = affinity - 1;
    for (int i = candidates.size() - 1; i >= 0; i--) {
      PanicGroup candidate = candidates.get(i);
      long distanceNanos = Math.abs(timeNanos - candidate.reports().get(0).timeNanos());
      if (distanceNanos <= REACH_NANOS && group.mayJoin(candidate)) {
        int fit = group.affinity(candidate);
        // From the latest to the earliest: of equal ones the earliest stays.
        if (fit > bestAffinity || (fit == bestAffinity && best != null)) {
          best = candidate;
          bestAffinity = fit;
        }
      }
    }
    return best;
  }
}

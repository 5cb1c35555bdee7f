// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.exact;

import io.pkgslo.standalone.exact.Telemetry.EmittedSpan;
import io.pkgslo.standalone.exact.Telemetry.SpanKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** From reports to panics (reference: sli.md, Panic 1 and 2). */
final class PanicMerger {
  /** Two groups of reports that may be one, best pairs first. */
  private record Pair(List<PanicReport> one, List<PanicReport> other) {
    private static final Comparator<Pair> BEST =
        Comparator.<Pair, Boolean>comparing(pair -> !pair.ofOneTrace())
            .thenComparingLong(Pair::distanceNanos);

    boolean isPossible() {
      return one.stream().allMatch(a -> other.stream().allMatch(a::mayBeSamePanicAs));
    }

    boolean ofOneTrace() {
      return one.stream().anyMatch(a -> other.stream().anyMatch(a::namesTraceOf));
    }

    long distanceNanos() {
      return Math.abs(one.get(0).epochNanos() - other.get(0).epochNanos());
    }
  }

  private final Telemetry telemetry;

  PanicMerger(Telemetry telemetry) {
    this.telemetry = telemetry;
  }

  /** The panics, each with all that reports it. */
  List<List<PanicReport>> panics(List<PanicReport> reports) {
    List<List<PanicReport>> groups = new ArrayList<>();
    for (PanicReport report : reports) {
      if (!isCopy(report, reports)) {
        groups.add(List.of(report));
      }
    }
    for (Pair pair = bestPair(groups); pair != null; pair = bestPair(groups)) {
      List<PanicReport> both = new ArrayList<>(pair.one());
      both.addAll(pair.other());
      groups.remove(pair.one());
      groups.remove(pair.other());
      groups.add(both);
    }
    return groups;
  }

  private static @Nullable Pair bestPair(List<List<PanicReport>> groups) {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      for (int j = i + 1; j < groups.size(); j++) {
        Pair pair = new Pair(groups.get(i), groups.get(j));
        if (pair.isPossible()) {
          pairs.add(pair);
        }
      }
    }
    return pairs.stream().min(Pair.BEST).orElse(null);
  }

  /** True if a span inside of the report's span reports the same: the innermost one counts. */
  private boolean isCopy(PanicReport report, List<PanicReport> reports) {
    return reports.stream()
        .anyMatch(inner -> inner != report && inner.isCopyOf(report) && encloses(report, inner));
  }

  private boolean encloses(PanicReport outer, PanicReport inner) {
    EmittedSpan span = inner.span();
    Set<SpanKey> visited = new HashSet<>();
    while (span != null
        && span.emitter().process().equals(outer.emitter().process())
        && visited.add(span.key())) {
      span = telemetry.parent(span);
      if (span != null && outer.span() != null && span.key().equals(outer.span().key())) {
        return true;
      }
    }
    return false;
  }
}

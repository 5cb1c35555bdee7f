// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import io.pkgslo.model.wire.PanicReport;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reports that are one panic: at most one of each kind of source, and those that tell of one of
 * them again. Mutable, single-threaded.
 */
final class PanicGroup {
  private final List<ProcessReport> reports = new ArrayList<>(3);

  /** When the last of the reports that counted arrived; what joins later is late. */
  private long settledMillis = Long.MIN_VALUE;

  PanicGroup(ProcessReport first) {
    reports.add(first);
  }

  List<ProcessReport> reports() {
    return reports;
  }

  /** Append time of the latest report that counted. */
  long settledMillis() {
    return settledMillis;
  }

  /** It counts, without what is only foreseen: no later report changes it. */
  void settle() {
    reports.removeIf(ProcessReport::isForeseen);
    settledMillis = reports.stream().mapToLong(ProcessReport::arrivedMillis).max().orElse(0);
  }

  /** Event time: of the span's report, else the log's, else of the line. */
  long timeNanos() {
    return preferred(PanicReport.Source.SPAN, PanicReport.Source.LOG, PanicReport.Source.STDERR)
        .timeNanos();
  }

  /** The report of the first source that has one. */
  ProcessReport preferred(PanicReport.Source... sources) {
    for (PanicReport.Source source : sources) {
      ProcessReport report = of(source);
      if (report != null) {
        return report;
      }
    }
    return reports.get(0);
  }

  /** The report of a kind of source; of several the one that the others tell again. */
  @Nullable ProcessReport of(PanicReport.Source source) {
    ProcessReport found = null;
    for (ProcessReport report : reports) {
      if (report.source() == source && (found == null || found.report().getSecondhand())) {
        found = report;
      }
    }
    return found;
  }

  /** True if all reports of both may be one panic: two of one kind never are. */
  boolean mayJoin(PanicGroup other) {
    boolean alike = false;
    for (ProcessReport mine : reports) {
      for (ProcessReport theirs : other.reports) {
        boolean second = isToldAgain(mine, theirs, other);
        if ((mine.source() == theirs.source() && !second) || mine.contradictsTraceOf(theirs)) {
          return false;
        }
        alike |= second || mine.mayBeOnePanicWith(theirs);
      }
    }
    return alike;
  }

  /** Two reports of one kind, of which one is told again, by the other or by both. */
  private boolean isToldAgain(ProcessReport mine, ProcessReport theirs, PanicGroup other) {
    ProcessReport first = of(mine.source());
    first = first == null || first.report().getSecondhand() ? other.of(mine.source()) : first;
    return first != null
        && (first == mine || first.mayBeToldAgainBy(mine))
        && (first == theirs || first.mayBeToldAgainBy(theirs));
  }

  /** How well two groups that may join fit: one trace, then one message, then one type. */
  int affinity(PanicGroup other) {
    int best = 0;
    for (ProcessReport mine : reports) {
      for (ProcessReport theirs : other.reports) {
        if (mine.mayBeOnePanicWith(theirs) || isToldAgain(mine, theirs, other)) {
          int trace = mine.hasTraceOf(theirs) ? 2 : 0;
          best = Math.max(best, 1 + trace + (mine.hasMessageOf(theirs) ? 1 : 0));
        }
      }
    }
    return best;
  }

  void join(PanicGroup other) {
    reports.addAll(other.reports);
  }

  /** Takes the late reports, so that no further one of their kinds joins; not what is foreseen. */
  void joinLate(PanicGroup other) {
    other.reports.stream().filter(report -> !report.isForeseen()).forEach(reports::add);
  }
}

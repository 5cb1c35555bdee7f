// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import io.pkgslo.model.wire.PanicReport;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reports that are one panic: at most one of each kind of source. Mutable, single-threaded. */
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

  @Nullable ProcessReport of(PanicReport.Source source) {
    for (ProcessReport report : reports) {
      if (report.source() == source) {
        return report;
      }
    }
    return null;
  }

  /** True if all reports of both may be one panic: two of one kind never are. */
  boolean mayJoin(PanicGroup other) {
    boolean alike = false;
    for (ProcessReport mine : reports) {
      for (ProcessReport theirs : other.reports) {
        if (mine.source() == theirs.source() || mine.contradictsTraceOf(theirs)) {
          return false;
        }
        alike |= mine.mayBeOnePanicWith(theirs);
      }
    }
    return alike;
  }

  /** How well two groups that may join fit: one trace, then one message, then one type. */
  int affinity(PanicGroup other) {
    int best = 0;
    for (ProcessReport mine : reports) {
      for (ProcessReport theirs : other.reports) {
        if (mine.mayBeOnePanicWith(theirs)) {
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

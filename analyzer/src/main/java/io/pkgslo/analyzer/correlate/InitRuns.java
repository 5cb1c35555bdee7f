// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The runs of one process and the packages that were initialised in each: one initialisation counts
 * once, however often and by whom it is reported. Mutable, single-threaded.
 */
final class InitRuns {
  private static final int MAX_RUNS = 8;
  private static final int MAX_PACKAGES = 1 << 14;

  /** A line is stamped when it was read, which may be this much after what it tells. */
  private static final long LINE_NANOS = 5_000_000_000L;

  /** Clocks of the process and of who stamps its lines agree this well. */
  private static final long CLOCK_NANOS = 1_000_000_000L;

  /**
   * One report of an initialisation.
   *
   * @param byLine a line tells of it, not a span
   * @param arrivedMillis append time of the report
   */
  record Told(String importPath, long endNanos, boolean byLine, long arrivedMillis) {
    boolean isSameAs(Told other) {
      long toleranceNanos = byLine || other.byLine ? LINE_NANOS : CLOCK_NANOS;
      return Math.abs(endNanos - other.endNanos) <= toleranceNanos;
    }

    private Told again(Told later) {
      return new Told(importPath, endNanos, byLine, Math.max(arrivedMillis, later.arrivedMillis));
    }
  }

  /** What of one run is known: from its lines, from init spans, or from both. */
  static final class Run {
    private final long startNanos;
    private final Map<String, Told> packages = new HashMap<>();

    /** As its lines tell it; 0 while only spans told of the run. */
    private long linesStartNanos;

    Run(long startNanos) {
      this.startNanos = startNanos;
    }

    /** Start of the Go runtime as the first line of the run tells it. */
    long linesStartNanos() {
      return linesStartNanos;
    }

    /**
     * True if the initialisation was not known in this run.
     *
     * @param fromMillis what was told before is forgotten
     */
    boolean add(Told told, long fromMillis) {
      Told known = known(told.importPath(), fromMillis);
      if (known == null && packages.size() >= MAX_PACKAGES) {
        return false;
      }
      boolean same = known != null && known.isSameAs(told);
      packages.put(told.importPath(), known != null && same ? known.again(told) : told);
      return !same;
    }

    private @Nullable Told known(String importPath, long fromMillis) {
      Told known = packages.get(importPath);
      return known == null || known.arrivedMillis() < fromMillis ? null : known;
    }
  }

  /** Latest first. */
  private final List<Run> runs = new ArrayList<>();

  /**
   * The run that begins with a line: the one that only spans told of so far, else a new one.
   *
   * @param runtimeStartNanos start of the Go runtime as the line tells it
   */
  Run beginLines(long runtimeStartNanos) {
    Run latest = runs.isEmpty() ? null : runs.get(0);
    boolean sameRun =
        latest != null
            && latest.linesStartNanos == 0
            && latest.startNanos >= runtimeStartNanos - CLOCK_NANOS;
    Run run = latest != null && sameRun ? latest : begin(runtimeStartNanos);
    run.linesStartNanos = runtimeStartNanos;
    return run;
  }

  /** The run of lines that another partition read: there they are told apart. */
  Run linesOf(long runtimeStartNanos) {
    for (Run run : runs) {
      if (run.linesStartNanos == runtimeStartNanos) {
        return run;
      }
    }
    return beginLines(runtimeStartNanos);
  }

  private Run begin(long startNanos) {
    Run run = new Run(startNanos);
    runs.add(run);
    // The order of equal starts is that of their arrival.
    runs.sort(Comparator.comparingLong(known -> -known.startNanos));
    while (runs.size() > MAX_RUNS) {
      runs.remove(runs.size() - 1);
    }
    return run;
  }

  /**
   * An init span.
   *
   * @param fromMillis what was told before is forgotten
   * @return true if it counts
   */
  boolean span(Told told, long fromMillis) {
    Run run = runAt(told.endNanos());
    Told known = run == null ? null : run.known(told.importPath(), fromMillis);
    // A package is initialised once per run; at another time it is another run.
    boolean another = known != null && !known.isSameAs(told);
    Run its = run == null || another ? begin(told.endNanos()) : run;
    return its.add(told, fromMillis);
  }

  private @Nullable Run runAt(long nanos) {
    for (Run run : runs) {
      if (run.startNanos - CLOCK_NANOS <= nanos) {
        return run;
      }
    }
    return null;
  }

  /** Takes over the runs of a process that turned out to be the same one. */
  void addAll(InitRuns others) {
    runs.addAll(others.runs);
    runs.sort(Comparator.comparingLong(known -> -known.startNanos));
    while (runs.size() > MAX_RUNS) {
      runs.remove(runs.size() - 1);
    }
  }
}

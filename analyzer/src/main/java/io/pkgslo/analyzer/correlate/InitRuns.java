// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The runs of one process and the packages that were initialised in each: one initialisation counts
 * once, however often and by whom it is reported. Mutable, single-threaded.
 */
final class InitRuns {
  private static final int MAX_RUNS = 8;
  private static final int MAX_PACKAGES = 1 << 14;

  /** Clocks of the process and of who stamps its lines agree this well. */
  private static final long CLOCK_NANOS = 1_000_000_000L;

  /** What of one run is known: from its lines, from init spans, or from both. */
  static final class Run {
    private final long startNanos;
    private final Map<String, Long> endNanos = new HashMap<>();
    private boolean hasLines;

    Run(long startNanos) {
      this.startNanos = startNanos;
    }

    /** True if the package was not known to be initialised in this run. */
    boolean add(String importPath, long packageEndNanos) {
      return endNanos.size() < MAX_PACKAGES
          && endNanos.putIfAbsent(importPath, packageEndNanos) == null;
    }
  }

  /** Latest first. */
  private final Deque<Run> runs = new ArrayDeque<>();

  /**
   * The run that begins with a line: the one that only spans told of so far, else a new one.
   *
   * @param runtimeStartNanos start of the Go runtime as the line tells it
   */
  Run beginLines(long runtimeStartNanos) {
    Run latest = runs.peekFirst();
    boolean sameRun =
        latest != null && !latest.hasLines && latest.startNanos >= runtimeStartNanos - CLOCK_NANOS;
    Run run = latest != null && sameRun ? latest : begin(runtimeStartNanos);
    run.hasLines = true;
    return run;
  }

  private Run begin(long startNanos) {
    Run run = new Run(startNanos);
    runs.addFirst(run);
    if (runs.size() > MAX_RUNS) {
      runs.removeLast();
    }
    return run;
  }

  /**
   * An init span.
   *
   * @return true if it counts
   */
  boolean span(String importPath, long endNanos) {
    Run run = runAt(endNanos);
    if (run == null) {
      run = begin(endNanos);
    } else if (!run.hasLines && isOfLaterRun(run, importPath, endNanos)) {
      run = begin(endNanos);
    }
    return run.add(importPath, endNanos);
  }

  /** A package is initialised once per run; the same span again has the same time. */
  private static boolean isOfLaterRun(Run run, String importPath, long endNanos) {
    Long known = run.endNanos.get(importPath);
    return known != null && endNanos - known > CLOCK_NANOS;
  }

  private @Nullable Run runAt(long nanos) {
    for (Iterator<Run> latestFirst = runs.iterator(); latestFirst.hasNext(); ) {
      Run run = latestFirst.next();
      if (run.startNanos - CLOCK_NANOS <= nanos) {
        return run;
      }
    }
    return null;
  }

  /** Takes over the runs of a process that turned out to be the same one. */
  void addAll(InitRuns others) {
    runs.addAll(others.runs);
    while (runs.size() > MAX_RUNS) {
      runs.removeLast();
    }
  }
}

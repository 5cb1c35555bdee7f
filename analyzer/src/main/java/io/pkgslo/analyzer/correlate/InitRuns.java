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

  /** A line is stamped when it was read, which may be this much after what it tells. */
  private static final long LINE_NANOS = 5_000_000_000L;

  /** Clocks of the process and of who stamps its lines agree this well. */
  private static final long CLOCK_NANOS = 1_000_000_000L;

  /**
   * An initialisation that counted.
   *
   * @param arrivedMillis append time of what told of it last
   */
  private record Known(long endNanos, long arrivedMillis) {}

  /** What of one run is known: from its lines, from init spans, or from both. */
  static final class Run {
    private final long startNanos;
    private final Map<String, Known> packages = new HashMap<>();
    private boolean hasLines;

    Run(long startNanos) {
      this.startNanos = startNanos;
    }

    /**
     * True if the package was not known to be initialised in this run.
     *
     * @param arrivedMillis append time of what tells of it
     * @param fromMillis what was told before is forgotten
     */
    boolean add(String importPath, long endNanos, long arrivedMillis, long fromMillis) {
      Known known = known(importPath, fromMillis);
      if (known == null && packages.size() >= MAX_PACKAGES) {
        return false;
      }
      long firstEndNanos = known == null ? endNanos : known.endNanos();
      packages.put(importPath, new Known(firstEndNanos, arrivedMillis));
      return known == null;
    }

    private @Nullable Known known(String importPath, long fromMillis) {
      Known known = packages.get(importPath);
      return known == null || known.arrivedMillis() < fromMillis ? null : known;
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
   * An init span; parameters as for {@link Run#add}.
   *
   * @return true if it counts
   */
  boolean span(String importPath, long endNanos, long arrivedMillis, long fromMillis) {
    Run run = runAt(endNanos);
    if (run == null || isOfLaterRun(run, run.known(importPath, fromMillis), endNanos)) {
      run = begin(endNanos);
    }
    return run.add(importPath, endNanos, arrivedMillis, fromMillis);
  }

  /** A package is initialised once per run; another report of the same has about the same time. */
  private static boolean isOfLaterRun(Run run, @Nullable Known known, long endNanos) {
    long toleranceNanos = run.hasLines ? LINE_NANOS : CLOCK_NANOS;
    return known != null && endNanos - known.endNanos() > toleranceNanos;
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

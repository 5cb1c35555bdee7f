// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import io.pkgslo.golang.init.InitLine;

/**
 * Where in a stream of init lines a new process run starts: at {@code init runtime} or where the
 * start times go back (reference: go-telemetry.md 1.1). Mutable, single-threaded.
 */
final class InitOrder {
  private double lastAtMillis = Double.POSITIVE_INFINITY;
  private boolean runtimeSeen;

  /** Takes the next line; true if it is the first one of a run that was seen. */
  boolean startsRun(InitLine line) {
    // A few packages, such as internal/bytealg, are initialised before runtime.
    boolean starts = line.atMillis() < lastAtMillis || (line.startsRun() && runtimeSeen);
    runtimeSeen = line.startsRun() || (runtimeSeen && !starts);
    lastAtMillis = line.atMillis();
    return starts;
  }
}

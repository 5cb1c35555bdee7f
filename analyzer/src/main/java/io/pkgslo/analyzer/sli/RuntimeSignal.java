// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import org.jspecify.annotations.Nullable;

/** What is watched of the Go runtime of a process (reference: go-telemetry.md 5). */
enum RuntimeSignal {
  /** Goroutines. */
  GOROUTINES(0, "go.goroutine.count"),
  /** Bytes in use: of the heap where the process says so, else all memory that Go uses. */
  HEAP(1, "go.memory.used"),
  /** Seconds that garbage collection stopped the process, within a slice. */
  GC_PAUSE(2, "go.memory.gc.pause.total");

  /** How many there are. */
  static final int COUNT = 3;

  private final int index;
  private final String metric;

  RuntimeSignal(int index, String metric) {
    this.index = index;
    this.metric = metric;
  }

  /** 0 to one less than {@link #COUNT}; part of the stored format. */
  int index() {
    return index;
  }

  String metric() {
    return metric;
  }

  /** The signal that an objective names; null for any other metric. */
  static @Nullable RuntimeSignal named(String metric) {
    if (metric.equals("process.runtime.go.mem.heap_inuse")) {
      return HEAP;
    }
    for (RuntimeSignal signal : values()) {
      if (signal.metric.equals(metric)) {
        return signal;
      }
    }
    return null;
  }
}

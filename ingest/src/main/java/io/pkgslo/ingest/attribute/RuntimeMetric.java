// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A metric of the Go runtime under its current name (reference: go-telemetry.md 5). Names without a
 * successor in the conventions keep their last one.
 *
 * @param name current name
 * @param factor what values are multiplied by to come to the current unit
 * @param monotonic whether the values only grow, also where the point does not say so
 */
record RuntimeMetric(String name, double factor, boolean monotonic) {
  private static final double NANO = 1e-9;
  private static final double MILLI = 1e-3;
  private static final String DEPRECATED = "process.runtime.go.";
  private static final String FORMER = "runtime.go.";
  private static final Map<String, RuntimeMetric> BY_NAME = new HashMap<>();

  static {
    current();
    deprecated();
    scraped();
  }

  private static void current() {
    gauge("go.memory.used");
    gauge("go.memory.limit");
    counter("go.memory.allocated");
    counter("go.memory.allocations");
    gauge("go.memory.gc.goal");
    gauge("go.goroutine.count");
    gauge("go.processor.limit");
    gauge("go.config.gogc");
    counter("go.schedule.duration");
    counter("go.memory.gc.cycles");
    counter("go.memory.gc.pause.duration");
    counter("go.cpu.time");
  }

  /** ReadMemStats' names, and those before 0.29. */
  private static void deprecated() {
    renamed("goroutines", new RuntimeMetric("go.goroutine.count", 1, false));
    renamed("gc.count", new RuntimeMetric("go.memory.gc.cycles", 1, true));
    renamed("gc.pause_ns", new RuntimeMetric("go.memory.gc.pause.duration", NANO, true));
    renamed("gc.pause_total_ns", new RuntimeMetric("go.memory.gc.pause.total", NANO, true));
    kept("cgo.calls", true);
    kept("mem.heap_alloc", false);
    kept("mem.heap_idle", false);
    kept("mem.heap_inuse", false);
    kept("mem.heap_released", false);
    kept("mem.heap_sys", false);
    kept("mem.heap_objects", false);
    kept("mem.live_objects", false);
    kept("mem.lookups", true);
    BY_NAME.put("runtime.uptime", new RuntimeMetric("process.uptime", MILLI, true));
  }

  /** As Prometheus' client for Go names them and the Collector scrapes them. */
  private static void scraped() {
    BY_NAME.put("go_goroutines", new RuntimeMetric("go.goroutine.count", 1, false));
    BY_NAME.put("go_memstats_next_gc_bytes", new RuntimeMetric("go.memory.gc.goal", 1, false));
    BY_NAME.put(
        "go_memstats_heap_alloc_bytes", new RuntimeMetric(DEPRECATED + "mem.heap_alloc", 1, false));
    BY_NAME.put(
        "go_memstats_heap_inuse_bytes", new RuntimeMetric(DEPRECATED + "mem.heap_inuse", 1, false));
    BY_NAME.put(
        "go_gc_duration_seconds", new RuntimeMetric("go.memory.gc.pause.duration", 1, true));
    BY_NAME.put("go_sched_latencies_seconds", new RuntimeMetric("go.schedule.duration", 1, true));
  }

  private static void gauge(String name) {
    BY_NAME.put(name, new RuntimeMetric(name, 1, false));
  }

  private static void counter(String name) {
    BY_NAME.put(name, new RuntimeMetric(name, 1, true));
  }

  private static void renamed(String suffix, RuntimeMetric to) {
    BY_NAME.put(DEPRECATED + suffix, to);
    BY_NAME.put(FORMER + suffix, to);
  }

  private static void kept(String suffix, boolean monotonic) {
    renamed(suffix, new RuntimeMetric(DEPRECATED + suffix, 1, monotonic));
  }

  /** Null for the name of any other metric. */
  static @Nullable RuntimeMetric named(String name) {
    return BY_NAME.get(name);
  }
}

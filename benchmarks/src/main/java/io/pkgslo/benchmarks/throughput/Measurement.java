// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks.throughput;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one process did between its warm-up and its end, by name. A process writes it as one line,
 * its parent reads it back.
 */
record Measurement(Map<String, Double> values) {
  static final String PREFIX = "MEASURED ";

  static final String SPANS = "spans";
  static final String WALL_SECONDS = "wall_seconds";
  static final String CPU_SECONDS = "cpu_seconds";
  static final String ALLOCATED_BYTES = "allocated_bytes";
  static final String PRODUCED_BYTES = "produced_bytes";
  static final String GC_SECONDS = "gc_seconds";
  static final String JIT_SECONDS = "jit_seconds";
  static final String PEAK_RSS_BYTES = "peak_rss_bytes";
  static final String TOTAL_SPANS = "total_spans";
  static final String DUPLICATE_HORIZON_SECONDS = "duplicate_horizon_seconds";
  static final String SUBJECTS = "subjects";
  static final String BROKER_CPU_SECONDS = "broker_cpu_seconds";

  /** Of what was left out: no number is known. */
  static final Measurement NONE = new Measurement(Map.of());

  Measurement {
    values = Map.copyOf(values);
  }

  double get(String name) {
    return values.getOrDefault(name, Double.NaN);
  }

  double spansPerSecond() {
    return get(SPANS) / get(WALL_SECONDS);
  }

  double cpuPerMillionSpans() {
    return get(CPU_SECONDS) / get(SPANS) * 1e6;
  }

  double allocatedPerSpan() {
    return get(ALLOCATED_BYTES) / get(SPANS);
  }

  double producedPerSpan() {
    return get(PRODUCED_BYTES) / get(SPANS);
  }

  Measurement with(String name, double value) {
    Map<String, Double> more = new TreeMap<>(values);
    more.put(name, value);
    return new Measurement(more);
  }

  String toLine() {
    StringBuilder line = new StringBuilder(PREFIX);
    new TreeMap<>(values)
        .forEach((name, value) -> line.append(String.format(Locale.ROOT, "%s=%s ", name, value)));
    return line.toString().strip();
  }

  /**
   * @throws IllegalArgumentException if the line is not what {@link #toLine} writes
   */
  static Measurement parse(String line) {
    Map<String, Double> values = new TreeMap<>();
    for (String pair : line.substring(PREFIX.length()).split(" ")) {
      int equals = pair.indexOf('=');
      values.put(pair.substring(0, equals), Double.valueOf(pair.substring(equals + 1)));
    }
    return new Measurement(values);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective;

import io.pkgslo.alerts.objective.yaml.YamlMap;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Thresholds that the analyzer can count with. */
public final class Thresholds {
  private static final Set<String> RUNTIME_METRICS =
      new TreeSet<>(
          Set.of(
              "go.memory.used",
              "go.memory.limit",
              "go.memory.allocated",
              "go.memory.allocations",
              "go.memory.gc.goal",
              "go.memory.gc.cycles",
              "go.memory.gc.pause.duration",
              "go.memory.gc.pause.total",
              "go.goroutine.count",
              "go.processor.limit",
              "go.config.gogc",
              "go.schedule.duration",
              "go.cpu.time",
              "process.uptime",
              "process.runtime.go.cgo.calls",
              "process.runtime.go.mem.heap_alloc",
              "process.runtime.go.mem.heap_idle",
              "process.runtime.go.mem.heap_inuse",
              "process.runtime.go.mem.heap_released",
              "process.runtime.go.mem.heap_sys",
              "process.runtime.go.mem.heap_objects",
              "process.runtime.go.mem.live_objects",
              "process.runtime.go.mem.lookups"));

  /** What {@link #isRuntimeMetric} takes, for messages. */
  public static final String EXPECTED_METRIC =
      "a Go runtime metric such as go.goroutine.count, one of "
          + String.join(", ", RUNTIME_METRICS);

  private Thresholds() {}

  /** True when ingest passes the metric on under this name. */
  public static boolean isRuntimeMetric(String name) {
    return RUNTIME_METRICS.contains(name);
  }

  /** A plain number, or text such as {@code "5000"}; null when absent or something else. */
  public static @Nullable BigDecimal number(YamlMap map, String key) {
    return map.has(key) ? map.number(key) : null;
  }

  /** The threshold of a latency at {@code key}; null when absent or not valid, and reported. */
  public static @Nullable Duration duration(YamlMap map, String key, Slo.Sli sli) {
    String text = map.text(key);
    if (text == null) {
      return null;
    }
    Duration threshold = Durations.threshold(text);
    if (threshold == null) {
      map.unexpected(key, "such as 500us, 128ms or 2s");
      return null;
    }
    return check(map, key, sli, threshold) ? threshold : null;
  }

  /** The threshold of a latency in seconds; null when absent or not valid, and reported. */
  public static @Nullable Duration seconds(YamlMap map, String key, Slo.Sli sli) {
    BigDecimal value = map.number(key);
    if (value == null) {
      return null;
    }
    Duration threshold = Durations.seconds(value);
    if (threshold == null) {
      map.unexpected(key, "seconds, up to a day, with at most 9 decimals");
      return null;
    }
    return check(map, key, sli, threshold) ? threshold : null;
  }

  /** Reports a threshold that the SLI cannot be counted with. */
  private static boolean check(YamlMap map, String key, Slo.Sli sli, Duration threshold) {
    if (threshold.isZero() || threshold.compareTo(Durations.LONGEST_THRESHOLD) > 0) {
      map.error(
          key,
          "threshold is "
              + YamlMap.describe(map.at(key))
              + ", expected more than 0 and up to a day");
      return false;
    }
    if (sli == Slo.Sli.LATENCY && !Durations.isBucketBound(threshold)) {
      map.error(
          key,
          "threshold is "
              + YamlMap.describe(map.at(key))
              + ", expected a bound of the duration buckets: "
              + Durations.bucketBounds());
      return false;
    }
    return true;
  }
}

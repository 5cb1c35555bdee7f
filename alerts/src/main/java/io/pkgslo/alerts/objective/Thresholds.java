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
              "go.goroutine.count",
              "go.memory.used",
              "process.runtime.go.mem.heap_inuse",
              "go.memory.gc.pause.total"));

  /** What {@link #isRuntimeMetric} takes, for messages. */
  public static final String EXPECTED_METRIC =
      "a runtime metric that pkgslo watches: " + String.join(", ", RUNTIME_METRICS);

  private Thresholds() {}

  /** True when the analyzer counts slices of it. */
  public static boolean isRuntimeMetric(String name) {
    return RUNTIME_METRICS.contains(name);
  }

  /** A plain number, or text such as {@code "5000"}; null when absent or something else. */
  public static @Nullable BigDecimal number(YamlMap map, String key) {
    return map.has(key) ? map.number(key) : null;
  }

  /** The threshold of a latency at {@code key}; null when absent or not valid, and reported. */
  public static @Nullable Duration duration(YamlMap map, String key) {
    String text = map.text(key);
    if (text == null) {
      return null;
    }
    Duration threshold = Durations.threshold(text);
    if (threshold == null) {
      map.unexpected(key, "such as 500us, 128ms or 2s");
      return null;
    }
    return check(map, key, threshold) ? threshold : null;
  }

  /** The threshold of a latency in seconds; null when absent or not valid, and reported. */
  public static @Nullable Duration seconds(YamlMap map, String key) {
    BigDecimal value = map.number(key);
    if (value == null) {
      return null;
    }
    Duration threshold = Durations.seconds(value);
    if (threshold == null) {
      map.unexpected(key, "seconds, up to a day, with at most 9 decimals");
      return null;
    }
    return check(map, key, threshold) ? threshold : null;
  }

  /** Reports a threshold that the SLI cannot be counted with. */
  private static boolean check(YamlMap map, String key, Duration threshold) {
    if (threshold.isZero() || threshold.compareTo(Durations.LONGEST_THRESHOLD) > 0) {
      map.error(
          key,
          "threshold is "
              + YamlMap.describe(map.at(key))
              + ", expected more than 0 and up to a day");
      return false;
    }
    return true;
  }
}

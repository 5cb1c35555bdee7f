// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.chaos;

import io.pkgslo.standalone.exact.Exposition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What several analyzers show together.
 *
 * @param values of the series of subjects
 * @param twice series that more than one of them shows
 * @param watermarkMillis of the tasks of windows, by partition
 */
record Union(Map<Series, Double> values, List<Series> twice, Map<Integer, Long> watermarkMillis) {

  /** Scrapes all; null when one of them does not answer. */
  static @Nullable Union of(List<ServiceProcess> analyzers) throws InterruptedException {
    Map<Series, Double> values = new TreeMap<>();
    List<Series> twice = new ArrayList<>();
    Map<Integer, Long> watermarks = new TreeMap<>();
    for (ServiceProcess analyzer : analyzers) {
      Exposition scrape = analyzer.scrape();
      if (scrape == null) {
        return null;
      }
      for (Exposition.Sample sample : scrape.samples()) {
        Series series = Series.of(sample);
        if (series.isOfSubject() && values.put(series, sample.value()) != null) {
          twice.add(series);
        }
        if (sample.name().equals("pkgslo_event_time_watermark_seconds")
            && "window".equals(sample.labels().get("task"))) {
          int partition = Integer.parseInt(sample.labels().getOrDefault("partition", ""));
          if (watermarks.put(partition, Math.round(sample.value() * 1_000)) != null) {
            twice.add(series);
          }
        }
      }
    }
    return new Union(values, twice, watermarks);
  }

  /** True when every partition's windows have seen all up to a time. */
  boolean isCompleteThrough(long epochMillis) {
    return watermarkMillis.size() == Delivery.PARTITIONS
        && watermarkMillis.values().stream().allMatch(millis -> millis >= epochMillis);
  }

  /**
   * One line for each number that differs. Under the names that the ledger knows, nothing else may
   * be shown but zeros.
   */
  List<String> differencesFrom(Map<Series, Double> expected) {
    List<String> lines = new ArrayList<>();
    Set<String> names = new HashSet<>();
    expected.keySet().forEach(series -> names.add(series.name()));
    expected.forEach(
        (series, value) -> {
          Double shown = values.get(series);
          boolean absentZero = shown == null && value == 0;
          if (!absentZero && (shown == null || !isEqual(shown, value))) {
            lines.add(series + " is " + shown + ", ledger " + value);
          }
        });
    values.forEach(
        (series, value) -> {
          if (names.contains(series.name()) && value != 0 && !expected.containsKey(series)) {
            lines.add(series + " is " + value + ", not in the ledger");
          }
        });
    return lines;
  }

  /** Counts are equal to the last unit; ratios are the same division in another order. */
  private static boolean isEqual(double one, double other) {
    return one == other
        || Math.abs(one - other) <= 1e-12 * Math.max(1, Math.max(Math.abs(one), Math.abs(other)))
            && (one != Math.rint(one) || other != Math.rint(other));
  }
}

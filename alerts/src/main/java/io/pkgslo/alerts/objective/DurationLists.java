// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective;

import io.pkgslo.alerts.objective.yaml.YamlMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lists of ascending times: bounds of histograms, and thresholds that events are told apart by. */
public final class DurationLists {
  private static final int DEFAULT_BOUNDS = 12;

  /** Bounds that have a name. */
  private static final Map<String, List<Duration>> NAMED =
      Map.of(
          "default",
          IntStream.range(0, DEFAULT_BOUNDS).mapToObj(i -> Duration.ofMillis(1L << i)).toList(),
          "minutes",
          Stream.concat(
                  Stream.of(1, 5, 15, 30).map(Duration::ofSeconds),
                  Stream.of(1, 2, 5, 10, 20, 30, 60, 120).map(Duration::ofMinutes))
              .toList());

  private static final String TIMES =
      "1 to " + DurationBounds.MOST + " ascending times up to a day, such as [50ms, 200ms, 5m]";
  private static final String TIMES_OR_NAME = TIMES + ", or default or minutes";

  private DurationLists() {}

  /** Bounds of a histogram at {@code key}; empty when absent or not valid, and reported. */
  public static List<Duration> buckets(YamlMap map, String key) {
    List<String> words = map.texts(key);
    List<Duration> named = words.size() == 1 ? NAMED.get(words.get(0)) : null;
    return named == null ? read(map, key, words, TIMES_OR_NAME) : named;
  }

  /** Thresholds at {@code key}; empty when absent or not valid, and reported. */
  public static List<Duration> breaches(YamlMap map, String key) {
    return read(map, key, map.texts(key), TIMES);
  }

  /**
   * Bounds of a histogram as a setting has them.
   *
   * @param name of the setting
   * @throws IllegalArgumentException when they are not valid
   */
  public static List<Duration> buckets(String name, List<String> words) {
    List<Duration> named = words.size() == 1 ? NAMED.get(words.get(0)) : null;
    if (named != null) {
      return named;
    }
    List<Duration> bounds = new ArrayList<>();
    String fault = parse(words, bounds);
    if (fault != null) {
      throw new IllegalArgumentException(name + " has " + fault + ", expected " + TIMES_OR_NAME);
    }
    return bounds;
  }

  private static List<Duration> read(YamlMap map, String key, List<String> words, String expected) {
    List<Duration> bounds = new ArrayList<>();
    String fault = map.has(key) ? parse(words, bounds) : null;
    if (fault != null) {
      map.error(key, key + " has " + fault + ", expected " + expected);
      return List.of();
    }
    return bounds;
  }

  /** What is wrong with the words; null when {@code bounds} has them all. */
  private static @Nullable String parse(List<String> words, List<Duration> bounds) {
    for (String word : words) {
      Duration bound = Durations.threshold(word);
      boolean fits =
          bound != null
              && !bound.isZero()
              && bound.compareTo(Durations.LONGEST_THRESHOLD) <= 0
              && (bounds.isEmpty() || bound.compareTo(bounds.get(bounds.size() - 1)) > 0);
      if (!fits || bound == null) {
        return YamlMap.quote(word);
      }
      bounds.add(bound);
    }
    return bounds.isEmpty() || bounds.size() > DurationBounds.MOST
        ? bounds.size() + " bounds"
        : null;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.openslo;

import io.pkgslo.alerts.objective.DurationBounds;
import io.pkgslo.alerts.objective.Durations;
import io.pkgslo.alerts.objective.Slo;
import io.pkgslo.alerts.objective.yaml.YamlMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads {@code buckets} and {@code breaches} of a source of type pkgslo. */
final class DurationBoundsReader {
  static final String BUCKETS = "buckets";
  static final String BREACHES = "breaches";

  private static final int DEFAULT_BOUNDS = 12;

  /** Lists that have a name. */
  private static final Map<String, List<Duration>> NAMED =
      Map.of(
          "default",
          IntStream.range(0, DEFAULT_BOUNDS).mapToObj(i -> Duration.ofMillis(1L << i)).toList(),
          "minutes",
          Stream.concat(
                  Stream.of(1, 5, 15, 30).map(Duration::ofSeconds),
                  Stream.of(1, 2, 5, 10, 20, 30, 60, 120).map(Duration::ofMinutes))
              .toList());

  private final YamlMap spec;
  private final Slo.@Nullable Sli sli;

  /**
   * @param sli null when it is not valid, and reported
   */
  DurationBoundsReader(YamlMap spec, Slo.@Nullable Sli sli) {
    this.spec = spec;
    this.sli = sli;
  }

  /** What is not valid is reported. */
  DurationBounds read() {
    return new DurationBounds(list(BUCKETS), list(BREACHES));
  }

  private List<Duration> list(String key) {
    if (!spec.has(key)) {
      return List.of();
    }
    if (sli != null && !sli.isLatency()) {
      spec.error(
          key, YamlMap.quote(key) + " are bounds of time, expected them with latencies only");
      return List.of();
    }
    if (spec.has("filter") || spec.has("labels")) {
      spec.error(
          key,
          YamlMap.quote(key)
              + " beside filter or labels, expected either: what a selector takes is counted by"
              + " its threshold alone");
      return List.of();
    }
    List<String> words = spec.texts(key);
    List<Duration> named =
        key.equals(BUCKETS) && words.size() == 1 ? NAMED.get(words.get(0)) : null;
    return named == null ? durations(key, words) : named;
  }

  private List<Duration> durations(String key, List<String> words) {
    List<Duration> bounds = new ArrayList<>();
    for (String word : words) {
      Duration bound = Durations.threshold(word);
      boolean fits =
          bound != null
              && !bound.isZero()
              && bound.compareTo(Durations.LONGEST_THRESHOLD) <= 0
              && (bounds.isEmpty() || bound.compareTo(bounds.get(bounds.size() - 1)) > 0);
      if (!fits || bound == null) {
        spec.error(key, key + " has " + YamlMap.quote(word) + ", expected " + expected(key));
        return List.of();
      }
      bounds.add(bound);
    }
    if (bounds.isEmpty() || bounds.size() > DurationBounds.MOST) {
      spec.error(key, key + " has " + bounds.size() + " bounds, expected " + expected(key));
      return List.of();
    }
    return bounds;
  }

  private static String expected(String key) {
    return "1 to "
        + DurationBounds.MOST
        + " ascending times up to a day, such as [50ms, 200ms, 5m]"
        + (key.equals(BUCKETS) ? ", or default or minutes" : "");
  }
}

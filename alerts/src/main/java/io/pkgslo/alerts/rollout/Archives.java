// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import io.pkgslo.alerts.judge.Overdispersion;
import io.pkgslo.model.wire.SliBucket;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The archives of a service's arms, by arm as ingest spells it; a view for one question. */
final class Archives {
  private static final int MAX_ARMS = 16;
  private static final long FORGET_MILLIS = 24 * 60 * ServiceMinute.LENGTH_MILLIS;
  private static final double MICROS_PER_SECOND = 1e6;

  private final Map<String, ArmArchive> byArm;

  Archives(Map<String, ArmArchive> byArm) {
    this.byArm = new TreeMap<>(byArm);
  }

  /** The archives with one minute more, without arms that are silent for a day. */
  static Map<String, ArmArchive> with(Map<String, ArmArchive> known, ServiceMinute minute) {
    Map<String, List<SliBucket>> byArm = new TreeMap<>();
    for (SliBucket bucket : minute.buckets()) {
      byArm.computeIfAbsent(bucket.getArm(), arm -> new ArrayList<>()).add(bucket);
    }
    Map<String, ArmArchive> next = new TreeMap<>(known);
    long start = minute.startMillis();
    byArm.forEach(
        (arm, buckets) ->
            next.put(arm, next.getOrDefault(arm, ArmArchive.start(start)).plus(start, buckets)));
    next.values().removeIf(archive -> archive.lastSeenMillis() < start - FORGET_MILLIS);
    while (next.size() > MAX_ARMS) {
      next.remove(longestSilent(next));
    }
    return next;
  }

  private static String longestSilent(Map<String, ArmArchive> archives) {
    return archives.entrySet().stream()
        .min(
            Comparator.comparing((Map.Entry<String, ArmArchive> e) -> e.getValue().lastSeenMillis())
                .thenComparing(Map.Entry::getKey))
        .orElseThrow()
        .getKey();
  }

  /** The last hour or two of one side, by package. */
  Map<String, PackageSums> sums(ArmSelector side) {
    Map<String, PackageSums> sums = new TreeMap<>();
    for (ArmArchive archive : of(side)) {
      archive.before().packages().forEach((name, s) -> sums.merge(name, s, PackageSums::plus));
      archive.running().packages().forEach((name, s) -> sums.merge(name, s, PackageSums::plus));
    }
    return sums;
  }

  /** Minutes behind {@link #sums}. */
  int minutes(ArmSelector side) {
    return of(side).stream()
        .mapToInt(archive -> archive.before().minutes() + archive.running().minutes())
        .max()
        .orElse(0);
  }

  /** How the calls of one side cluster on single processes. */
  Overdispersion traffic(ArmSelector side) {
    Overdispersion traffic = Overdispersion.NONE;
    for (ArmArchive archive : of(side)) {
      traffic = traffic.plus(archive.before().traffic()).plus(archive.running().traffic());
    }
    return traffic;
  }

  /** The newest inits of one side, in seconds, by package. */
  Map<String, List<Double>> initSeconds(ArmSelector side) {
    Map<String, List<Double>> seconds = new TreeMap<>();
    for (ArmArchive archive : of(side)) {
      archive
          .initMicros()
          .forEach(
              (name, micros) ->
                  micros.forEach(
                      value ->
                          seconds
                              .computeIfAbsent(name, n -> new ArrayList<>())
                              .add(value / MICROS_PER_SECOND)));
    }
    return seconds;
  }

  boolean knows(ArmSelector side) {
    return !of(side).isEmpty();
  }

  /** The arm with most calls that is not on {@code side}; null when there is none. */
  @Nullable String busiestBeside(ArmSelector side) {
    return byArm.entrySet().stream()
        .filter(entry -> !side.matches(entry.getKey()) && entry.getValue().calls() > 0)
        .max(
            Comparator.comparing((Map.Entry<String, ArmArchive> e) -> e.getValue().calls())
                .thenComparing(Map.Entry.<String, ArmArchive>comparingByKey().reversed()))
        .map(Map.Entry::getKey)
        .orElse(null);
  }

  /** The sides, one per version, with calls since a time that a mark tells. */
  Set<ArmSelector> running(CanaryAttribute mark, long sinceMillis) {
    Set<ArmSelector> sides = new LinkedHashSet<>();
    Map<String, String> attribute = Map.of(mark.name(), mark.value());
    for (String arm : running(sinceMillis)) {
      ArmSelector side =
          new ArmSelector(ArmParts.parse(arm).version(), null, null, null, attribute);
      if (side.matches(arm)) {
        sides.add(side);
      }
    }
    return sides;
  }

  /** The arm with most calls that has the version of {@code side} and is not on it; else null. */
  @Nullable String busiestOfItsVersion(ArmSelector side, long sinceMillis) {
    return running(sinceMillis).stream()
        .filter(arm -> ArmParts.parse(arm).version().equals(side.version()) && !side.matches(arm))
        .max(
            Comparator.comparing((String arm) -> calls(arm))
                .thenComparing(Comparator.reverseOrder()))
        .orElse(null);
  }

  private List<String> running(long sinceMillis) {
    return byArm.entrySet().stream()
        .filter(entry -> entry.getValue().lastSeenMillis() > sinceMillis)
        .map(Map.Entry::getKey)
        .filter(arm -> calls(arm) > 0)
        .toList();
  }

  private long calls(String arm) {
    ArmArchive archive = byArm.get(arm);
    return archive == null ? 0 : archive.calls();
  }

  /** The arms of one side, as ingest spells them. */
  List<String> arms(ArmSelector side) {
    return byArm.keySet().stream().filter(side::matches).toList();
  }

  private List<ArmArchive> of(ArmSelector side) {
    return byArm.entrySet().stream()
        .filter(entry -> side.matches(entry.getKey()))
        .map(Map.Entry::getValue)
        .toList();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import io.pkgslo.alerts.judge.Counts;
import io.pkgslo.alerts.judge.InitControl;
import io.pkgslo.alerts.judge.Opening;
import io.pkgslo.alerts.judge.SeriesKey;
import io.pkgslo.alerts.judge.Sli;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Fixes what a rollout is tested for, from what was known before its first look: the packages that
 * have calls or panics, the thresholds of slow calls, and the archived inits and counts of the
 * baseline.
 */
final class OpeningBuilder {
  /** Packages with their own part of alpha; more would leave too little of it for each. */
  static final int MAX_PACKAGES = 200;

  /** What {@link #MAX_PACKAGES} leaves over is counted together. */
  static final String OTHERS = "(others)";

  /** Fewer archived inits cannot tell two durations apart. */
  private static final int MIN_INITS = 5;

  private final Supplier<RolloutObjectives> current;

  OpeningBuilder(Supplier<RolloutObjectives> current) {
    this.current = current;
  }

  Opening open(
      String service,
      ArmSelector canary,
      ArmSelector baseline,
      Opening.Control control,
      Archives archives) {
    RolloutObjectives objectives = current.get();
    Map<String, PackageSums> base = archives.sums(baseline);
    List<SeriesKey> series = new ArrayList<>();
    Map<SeriesKey, Opening.Before> before = new TreeMap<>();
    Map<String, InitControl> inits = new TreeMap<>();
    Map<String, List<Double>> archivedInits = archives.initSeconds(baseline);
    for (String goPackage : tested(archives.sums(canary), base)) {
      PackageSums sums = base.getOrDefault(goPackage, PackageSums.NONE);
      List<Sli> slis = new ArrayList<>(List.of(Sli.PANICS, Sli.ERRORS));
      if (sums.clientCalls() > 0) {
        slis.add(Sli.CLIENT_ERRORS);
      }
      slis.addAll(SlowThresholds.choose(sums, objectives.latencies(service, goPackage)));
      for (Sli sli : slis) {
        SeriesKey key = new SeriesKey(goPackage, sli);
        series.add(key);
        // Durations follow the load, so a baseline that is slower than before has no fault by it.
        boolean comparable = sli.kind() != Sli.Kind.SLOW || control == Opening.Control.ARCHIVED;
        if (comparable && exposure(sli, sums) > 0) {
          before.put(key, new Opening.Before(events(sli, sums), exposure(sli, sums)));
        }
      }
      List<Double> seconds = archivedInits.getOrDefault(goPackage, List.of());
      RolloutObjectives.InitPromise promise = objectives.inits(service, goPackage);
      if (promise != null && seconds.size() >= MIN_INITS) {
        series.add(new SeriesKey(goPackage, Sli.INIT_LATENCY));
        inits.put(
            goPackage, new InitControl(seconds, promise.thresholdSeconds(), promise.target()));
      }
    }
    return new Opening(canary.label(), baseline.label(), control, series, Map.of(), inits, before);
  }

  /** The packages of both sides, those with most calls if there are too many. */
  private static Set<String> tested(
      Map<String, PackageSums> canary, Map<String, PackageSums> baseline) {
    Map<String, Long> calls = new TreeMap<>();
    canary.forEach((name, sums) -> calls.merge(name, sums.calls(), Long::sum));
    baseline.forEach((name, sums) -> calls.merge(name, sums.calls(), Long::sum));
    TreeSet<String> names = new TreeSet<>();
    calls.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(MAX_PACKAGES)
        .forEach(entry -> names.add(entry.getKey()));
    return names;
  }

  /**
   * What both sides did in one minute.
   *
   * @param before the baseline's sums up to the minute
   */
  static Counts counts(Sli sli, PackageSums canary, PackageSums baseline, PackageSums before) {
    return new Counts(
        events(sli, canary),
        exposure(sli, canary),
        events(sli, baseline),
        exposure(sli, baseline),
        phi(sli, before));
  }

  /** Bad events of a count SLI. */
  static double events(Sli sli, PackageSums sums) {
    return switch (sli.kind()) {
      case PANICS -> sums.episodes();
      case ERRORS -> sums.ownErrors();
      case SLOW -> SlowThresholds.slower(sli, sums);
      case CLIENT_ERRORS -> sums.clientErrors();
      case SLOW_INITS, INIT_LATENCY, OTHER ->
          throw new IllegalArgumentException(sli + " is not counted in a minute");
    };
  }

  /** Exposure of a count SLI. */
  static double exposure(Sli sli, PackageSums sums) {
    return switch (sli.kind()) {
      case SLOW -> SlowThresholds.timed(sli, sums);
      case CLIENT_ERRORS -> sums.clientCalls();
      case PANICS, ERRORS, SLOW_INITS, INIT_LATENCY, OTHER -> sums.calls();
    };
  }

  /** How the events of a count SLI cluster on single processes, as far as that is known. */
  static double phi(Sli sli, PackageSums sums) {
    return switch (sli.kind()) {
      case PANICS -> sums.panicClusters().phi();
      case ERRORS -> sums.errorClusters().phi();
      case SLOW -> SlowThresholds.phi(sli, sums);
      case CLIENT_ERRORS -> sums.clientClusters().phi();
      case SLOW_INITS, INIT_LATENCY, OTHER -> 1;
    };
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import io.pkgslo.alerts.judge.Arm;
import io.pkgslo.alerts.judge.ClaimState;
import io.pkgslo.alerts.judge.Counts;
import io.pkgslo.alerts.judge.Example;
import io.pkgslo.alerts.judge.Look;
import io.pkgslo.alerts.judge.LookFacts;
import io.pkgslo.alerts.judge.Opening;
import io.pkgslo.alerts.judge.Sampling;
import io.pkgslo.alerts.judge.SeriesKey;
import io.pkgslo.alerts.judge.SeriesLook;
import io.pkgslo.alerts.judge.Sli;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * One minute of a service as the look of one rollout: what the canary and the baseline did in it,
 * package by package. Without a baseline beside it, the archived one is dealt out in equal slices,
 * each of them once.
 */
final class LookBuilder {
  private static final double MILLIS_PER_SECOND = 1000;

  /** Mean weights that differ by more than this part are different sampling rates. */
  private static final double WEIGHT_TOLERANCE = 0.1;

  /** Items below which a mean weight says nothing. */
  private static final long MIN_ITEMS = 100;

  private static final long MIN_ERRORS = 20;

  private final ServiceMinute minute;
  private final RolloutState rollout;
  private final Archives archives;
  private final MinuteSide canary;
  private final MinuteSide baseline;

  /**
   * @param archives as they were before {@code minute}, so that nothing is tempered by itself
   */
  LookBuilder(ServiceMinute minute, RolloutState rollout, Archives archives) {
    this.minute = minute;
    this.rollout = rollout;
    this.archives = archives;
    this.canary = new MinuteSide(Arm.CANARY, minute, rollout.canary(), rollout.baseline());
    this.baseline = new MinuteSide(Arm.BASELINE, minute, rollout.baseline(), rollout.canary());
  }

  MinuteSide canary() {
    return canary;
  }

  MinuteSide baseline() {
    return baseline;
  }

  /**
   * @param lateBuckets of this service since the look before
   */
  Look look(long lateBuckets) {
    Map<String, List<SeriesKey>> known = knownSeries();
    Map<String, PackageSums> ofCanary = folded(canary.sums(), known.keySet());
    Map<String, PackageSums> ofBaseline = folded(baseline.sums(), known.keySet());
    Map<String, PackageSums> past = archives.sums(rollout.baseline());
    Set<String> names = new TreeSet<>(ofCanary.keySet());
    names.addAll(ofBaseline.keySet());
    if (rollout.isArchived()) {
      names.addAll(known.keySet());
    }
    List<SeriesLook> series = new ArrayList<>();
    for (String name : names) {
      PackageSums x = ofCanary.getOrDefault(name, PackageSums.NONE);
      PackageSums y = ofBaseline.getOrDefault(name, PackageSums.NONE);
      PackageSums before = past.getOrDefault(name, PackageSums.NONE);
      for (SeriesKey key : known.getOrDefault(name, newcomer(name))) {
        series.add(new SeriesLook(key, counts(key, x, y, before), examples(key)));
      }
    }
    return new Look(
        TimeUnit.MILLISECONDS.toNanos(minute.startMillis()), series, facts().withLate(lateBuckets));
  }

  /** What is tested already, without rank tests, by package. */
  private Map<String, List<SeriesKey>> knownSeries() {
    Map<String, List<SeriesKey>> known = new TreeMap<>();
    for (ClaimState claim : rollout.judge().claims()) {
      claim
          .members()
          .forEach(
              member ->
                  known
                      .computeIfAbsent(member.key().goPackage(), name -> new ArrayList<>())
                      .add(member.key()));
    }
    return known;
  }

  private static List<SeriesKey> newcomer(String goPackage) {
    return List.of(new SeriesKey(goPackage, Sli.PANICS), new SeriesKey(goPackage, Sli.ERRORS));
  }

  /** A package that comes when the list is full is counted with the others. */
  private static Map<String, PackageSums> folded(Map<String, PackageSums> sums, Set<String> known) {
    Map<String, PackageSums> folded = new TreeMap<>();
    boolean full = known.size() >= OpeningBuilder.MAX_PACKAGES;
    sums.forEach(
        (name, s) ->
            folded.merge(
                full && !known.contains(name) ? OpeningBuilder.OTHERS : name,
                s,
                PackageSums::plus));
    return folded;
  }

  private Counts counts(SeriesKey key, PackageSums x, PackageSums y, PackageSums before) {
    Sli sli = key.sli();
    double phi = OpeningBuilder.phi(sli, before);
    boolean own = x.calls() > 0 || y.calls() > 0;
    double canaryCalls = own ? OpeningBuilder.exposure(sli, x) : serviceExposure(sli, canary);
    if (rollout.isArchived()) {
      Slice slice = slice(key);
      return new Counts(
          OpeningBuilder.events(sli, x), canaryCalls, slice.events(), slice.calls(), phi);
    }
    return new Counts(
        OpeningBuilder.events(sli, x),
        canaryCalls,
        OpeningBuilder.events(sli, y),
        own ? OpeningBuilder.exposure(sli, y) : serviceExposure(sli, baseline),
        phi);
  }

  /** A package without calls of its own, a helper say, is exposed by the service's API calls. */
  private static double serviceExposure(Sli sli, MinuteSide side) {
    return sli.kind() == Sli.Kind.PANICS ? side.apiCalls() : 0;
  }

  private record Slice(double events, double calls) {}

  private Slice slice(SeriesKey key) {
    Opening.Before all = rollout.opening().before().get(key);
    boolean left = rollout.judge().looks() < rollout.archivedMinutes();
    if (all == null || !left) {
      return new Slice(0, 0);
    }
    return new Slice(
        all.events() / rollout.archivedMinutes(), all.calls() / rollout.archivedMinutes());
  }

  private List<Example> examples(SeriesKey key) {
    List<Example> examples = new ArrayList<>();
    switch (key.sli().kind()) {
      case PANICS -> {
        examples.addAll(canary.examples(key.goPackage()));
        examples.addAll(baseline.examples(key.goPackage()));
      }
      // A call that panics has failed: its stack says more than a log record.
      case ERRORS -> {
        examples.addAll(canary.examples(key.goPackage()));
        examples.addAll(canary.errorLogs(key.goPackage()));
      }
      case SLOW, SLOW_INITS, CLIENT_ERRORS, INIT_LATENCY, OTHER -> {}
    }
    return examples;
  }

  private LookFacts facts() {
    Map<String, Long> canaryPods = canary.pods();
    Map<String, Long> baselinePods = baseline.pods();
    LookFacts facts =
        LookFacts.UNKNOWN
            .withPods(canaryPods.size(), baselinePods.size())
            .withSampling(sampling())
            .withInits(inits());
    if (!canaryPods.isEmpty() && !baselinePods.isEmpty()) {
      facts = facts.withPodAges(youngestAge(canaryPods), youngestAge(baselinePods));
    }
    double x = canary.apiCalls();
    double y = baseline.apiCalls();
    Double weight = rollout.isArchived() ? null : rollout.marker().weightAt(x, y);
    if (weight == null || x + y == 0) {
      return facts;
    }
    double phi = archives.traffic(rollout.baseline()).phi();
    return facts.withTraffic(new LookFacts.Traffic(x, y, weight, phi));
  }

  /**
   * The inits of packages that are tested for them. A canary starts before it has calls, so the
   * first look has what came before it too.
   */
  private Map<String, List<Double>> inits() {
    Map<String, List<Double>> all = new HashMap<>();
    if (rollout.judge().looks() == 0) {
      all.putAll(archives.initSeconds(rollout.canary()));
    }
    canary
        .initSeconds()
        .forEach(
            (name, seconds) -> {
              List<Double> sum = new ArrayList<>(all.getOrDefault(name, List.of()));
              sum.addAll(seconds);
              all.put(name, sum);
            });
    all.keySet().retainAll(rollout.opening().initControls().keySet());
    return all;
  }

  private Sampling sampling() {
    if (canary.weightUnknown() || baseline.weightUnknown()) {
      return Sampling.UNKNOWN;
    }
    for (MinuteSide side : List.of(canary, baseline)) {
      if (side.errors() >= MIN_ERRORS && differ(side.meanErrorWeight(), side.meanWeight())) {
        return Sampling.ERROR_BIASED;
      }
    }
    boolean enough = canary.calls() >= MIN_ITEMS && baseline.calls() >= MIN_ITEMS;
    return enough && differ(canary.meanWeight(), baseline.meanWeight())
        ? Sampling.UNEQUAL
        : Sampling.EQUAL;
  }

  private static boolean differ(double a, double b) {
    return a > b * (1 + WEIGHT_TOLERANCE) || b > a * (1 + WEIGHT_TOLERANCE);
  }

  private double youngestAge(Map<String, Long> firstSeen) {
    long youngest = firstSeen.values().stream().mapToLong(Long::longValue).max().orElse(0);
    return Math.max(0, minute.startMillis() - youngest) / MILLIS_PER_SECOND;
  }
}

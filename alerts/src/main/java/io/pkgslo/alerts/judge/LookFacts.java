// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known about the arms during a look beside the counts. Absent means unknown, and a rule
 * that would need it is not applied.
 *
 * @param canaryPods processes of the canary that reported in this look
 * @param baselinePods processes of the baseline that reported in this look
 * @param canaryPodAgeSeconds age of the canary's youngest pod at the look's start
 * @param baselinePodAgeSeconds age of the baseline's youngest pod at the look's start
 * @param traffic how calls were split and should have been
 * @param sampling how the counted items were chosen
 * @param initSeconds durations of the canary's inits that ended in this look, by package
 * @param lateBuckets buckets of earlier looks that came after those were judged, &gt;= 0
 */
public record LookFacts(
    @Nullable Integer canaryPods,
    @Nullable Integer baselinePods,
    @Nullable Double canaryPodAgeSeconds,
    @Nullable Double baselinePodAgeSeconds,
    @Nullable Traffic traffic,
    Sampling sampling,
    Map<String, List<Double>> initSeconds,
    long lateBuckets) {

  /** Nothing is known but the counts. */
  public static final LookFacts UNKNOWN =
      new LookFacts(null, null, null, null, null, Sampling.UNKNOWN, Map.of(), 0);

  /**
   * Calls of the whole service in one look.
   *
   * @param canaryCalls calls that the canary answered
   * @param baselineCalls calls that the baseline answered
   * @param canaryWeight the configured share of calls for the canary in [0, 1]; absent if unknown
   * @param phi overdispersion of calls per pod and minute, &gt;= 1
   */
  public record Traffic(
      double canaryCalls, double baselineCalls, @Nullable Double canaryWeight, double phi) {
    public Traffic {
      if (!(canaryCalls >= 0 && baselineCalls >= 0)) {
        throw new IllegalArgumentException("calls must be >= 0");
      }
      if (canaryWeight != null && !(canaryWeight >= 0 && canaryWeight <= 1)) {
        throw new IllegalArgumentException(
            "canaryWeight is " + canaryWeight + ", expected a share in [0, 1]");
      }
      if (!(phi >= 1)) {
        throw new IllegalArgumentException("phi is " + phi + ", expected a number >= 1");
      }
    }
  }

  public LookFacts {
    TreeMap<String, List<Double>> copy = new TreeMap<>();
    initSeconds.forEach((goPackage, seconds) -> copy.put(goPackage, List.copyOf(seconds)));
    initSeconds = Collections.unmodifiableMap(copy);
  }

  /** The same facts with the numbers of pods. */
  public LookFacts withPods(int canary, int baseline) {
    return new LookFacts(
        canary,
        baseline,
        canaryPodAgeSeconds,
        baselinePodAgeSeconds,
        traffic,
        sampling,
        initSeconds,
        lateBuckets);
  }

  /** The same facts with the ages of the youngest pods. */
  public LookFacts withPodAges(double canarySeconds, double baselineSeconds) {
    return new LookFacts(
        canaryPods,
        baselinePods,
        canarySeconds,
        baselineSeconds,
        traffic,
        sampling,
        initSeconds,
        lateBuckets);
  }

  /** The same facts with the split of calls. */
  public LookFacts withTraffic(Traffic newTraffic) {
    return new LookFacts(
        canaryPods,
        baselinePods,
        canaryPodAgeSeconds,
        baselinePodAgeSeconds,
        newTraffic,
        sampling,
        initSeconds,
        lateBuckets);
  }

  /** The same facts with how items were chosen. */
  public LookFacts withSampling(Sampling newSampling) {
    return new LookFacts(
        canaryPods,
        baselinePods,
        canaryPodAgeSeconds,
        baselinePodAgeSeconds,
        traffic,
        newSampling,
        initSeconds,
        lateBuckets);
  }

  /** The same facts with the canary's inits. */
  public LookFacts withInits(Map<String, List<Double>> seconds) {
    return new LookFacts(
        canaryPods,
        baselinePods,
        canaryPodAgeSeconds,
        baselinePodAgeSeconds,
        traffic,
        sampling,
        seconds,
        lateBuckets);
  }

  /** The same facts with the number of buckets that came too late for their own look. */
  public LookFacts withLate(long buckets) {
    return new LookFacts(
        canaryPods,
        baselinePods,
        canaryPodAgeSeconds,
        baselinePodAgeSeconds,
        traffic,
        sampling,
        initSeconds,
        buckets);
  }

  /**
   * Whether the canary is still warming up while the baseline is not: its caches are cold, and a
   * comparison of durations would measure that.
   */
  boolean canaryIsYounger(double minAgeSeconds) {
    return canaryPodAgeSeconds != null
        && canaryPodAgeSeconds < minAgeSeconds
        && (baselinePodAgeSeconds == null || baselinePodAgeSeconds >= minAgeSeconds);
  }
}

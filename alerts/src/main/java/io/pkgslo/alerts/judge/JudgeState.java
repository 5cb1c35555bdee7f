// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A rollout's evidence after some looks: an immutable snapshot that can be stored and read back.
 * The same policy, opening and looks give the same state, bit for bit. Its size depends on the
 * number of series, not of looks.
 *
 * @param looks looks taken, without the excluded
 * @param lastLookEpochNanos start of the latest look; absent before the first
 * @param claims sorted by key
 * @param arrivals how many newcomers were given a part of alpha after the opening
 * @param traffic the split of calls
 * @param facts of the latest look
 * @param maxCanaryPods the largest number of canary pods seen in one look; absent while unknown
 * @param crashes init crashes, by fingerprint
 * @param hardStop the crash loop that fired; latched, absent before
 * @param excluded what was not judged, and why
 */
public record JudgeState(
    long looks,
    @Nullable Long lastLookEpochNanos,
    List<ClaimState> claims,
    int arrivals,
    TrafficWatch traffic,
    LookFacts facts,
    @Nullable Integer maxCanaryPods,
    Map<String, InitCrash> crashes,
    @Nullable InitCrash hardStop,
    Map<Exclusion, Long> excluded) {

  /** Why a look, or a series of a look, is no evidence. */
  public enum Exclusion {
    /** A look that does not lie after the latest one, or buckets that came after their look. */
    LATE_LOOK("late"),
    /** Events fell while one arm had no exposure. */
    NO_EXPOSURE("no-exposure"),
    /** Durations of a canary that warms up beside a warm baseline. */
    POD_AGE("pod-age"),
    /** Counts of a look in which the arms were not sampled alike. */
    SAMPLING("sampling");

    private final String wireName;

    Exclusion(String wireName) {
      this.wireName = wireName;
    }

    /** The name on every wire. */
    public String wireName() {
      return wireName;
    }
  }

  public JudgeState {
    claims = List.copyOf(claims);
    crashes = Collections.unmodifiableMap(new TreeMap<>(crashes));
    excluded = Collections.unmodifiableMap(new TreeMap<>(excluded));
  }

  static JudgeState start(Policy policy, Opening opening) {
    return new JudgeState(
        0,
        null,
        Claims.open(policy, opening),
        0,
        TrafficWatch.START,
        LookFacts.UNKNOWN,
        null,
        Map.of(),
        null,
        Map.of());
  }

  JudgeState withExcluded(Exclusion reason, long count) {
    if (count == 0) {
      return this;
    }
    Map<Exclusion, Long> next = new TreeMap<>(excluded);
    next.merge(reason, count, Long::sum);
    return new JudgeState(
        looks,
        lastLookEpochNanos,
        claims,
        arrivals,
        traffic,
        facts,
        maxCanaryPods,
        crashes,
        hardStop,
        next);
  }

  JudgeState withCrashes(Map<String, InitCrash> newCrashes, @Nullable InitCrash newHardStop) {
    return new JudgeState(
        looks,
        lastLookEpochNanos,
        claims,
        arrivals,
        traffic,
        facts,
        maxCanaryPods,
        newCrashes,
        newHardStop,
        excluded);
  }
}

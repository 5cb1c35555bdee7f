// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import io.pkgslo.alerts.judge.Arm;
import io.pkgslo.alerts.judge.Counts;
import io.pkgslo.alerts.judge.Example;
import io.pkgslo.alerts.judge.Look;
import io.pkgslo.alerts.judge.LookFacts;
import io.pkgslo.alerts.judge.SeriesKey;
import io.pkgslo.alerts.judge.SeriesLook;
import io.pkgslo.alerts.judge.Sli;
import io.pkgslo.model.wire.PanicExample;
import io.pkgslo.model.wire.ProcessShare;
import io.pkgslo.model.wire.SliBucket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One minute of a service as the look of one rollout: what the canary and the baseline did in it,
 * package by package. Buckets of other versions are left out.
 */
final class LookBuilder {
  private static final double MILLIS_PER_SECOND = 1000;

  private final ServiceMinute minute;
  private final String canary;
  private final String baseline;

  LookBuilder(ServiceMinute minute, String canary, String baseline) {
    this.minute = minute;
    this.canary = canary;
    this.baseline = baseline;
  }

  /** The series that have calls or panics in this minute. */
  List<SeriesKey> series() {
    List<SeriesKey> keys = new ArrayList<>();
    sums().keySet().forEach(goPackage -> keys.add(new SeriesKey(goPackage, Sli.PANICS)));
    return keys;
  }

  Look look() {
    Exposure exposure =
        new Exposure((double) minute.apiCalls(canary), (double) minute.apiCalls(baseline));
    List<SeriesLook> series = new ArrayList<>();
    sums().forEach((goPackage, sums) -> series.add(sums.look(goPackage, exposure)));
    return new Look(TimeUnit.MILLISECONDS.toNanos(minute.startMillis()), series, facts());
  }

  private Map<String, PackageSums> sums() {
    Map<String, PackageSums> byPackage = new TreeMap<>();
    for (SliBucket bucket : minute.buckets()) {
      Arm arm = arm(bucket);
      if (arm != null && (bucket.getCalls() > 0 || bucket.getPanicEpisodes() > 0)) {
        byPackage.computeIfAbsent(bucket.getPackage(), p -> new PackageSums()).add(arm, bucket);
      }
    }
    return byPackage;
  }

  private @Nullable Arm arm(SliBucket bucket) {
    if (bucket.getVersion().equals(canary)) {
      return Arm.CANARY;
    }
    return bucket.getVersion().equals(baseline) ? Arm.BASELINE : null;
  }

  private LookFacts facts() {
    Map<String, Long> canaryPods = pods(canary);
    Map<String, Long> baselinePods = pods(baseline);
    LookFacts facts = LookFacts.UNKNOWN.withPods(canaryPods.size(), baselinePods.size());
    if (canaryPods.isEmpty() || baselinePods.isEmpty()) {
      return facts;
    }
    return facts.withPodAges(youngestAge(canaryPods), youngestAge(baselinePods));
  }

  /** First sight of each process of a version that had calls. */
  private Map<String, Long> pods(String version) {
    Map<String, Long> firstSeen = new HashMap<>();
    for (SliBucket bucket : minute.buckets()) {
      if (bucket.getVersion().equals(version)) {
        for (ProcessShare process : bucket.getProcessList()) {
          firstSeen.merge(process.getProcess(), process.getFirstSeenEpochMillis(), Math::min);
        }
      }
    }
    return firstSeen;
  }

  private double youngestAge(Map<String, Long> firstSeen) {
    long youngest = firstSeen.values().stream().mapToLong(Long::longValue).max().orElse(0);
    return Math.max(0, minute.startMillis() - youngest) / MILLIS_PER_SECOND;
  }

  /** API calls of the whole service: the exposure of a package without calls of its own. */
  private record Exposure(double canary, double baseline) {}

  /** Sums of one package over the arms of a version, whole numbers; mutable, for one look. */
  private static final class PackageSums {
    private double canaryEpisodes;
    private double canaryCalls;
    private double baselineEpisodes;
    private double baselineCalls;
    private final List<Example> examples = new ArrayList<>();

    void add(Arm arm, SliBucket bucket) {
      switch (arm) {
        case CANARY -> {
          canaryEpisodes += bucket.getPanicEpisodes();
          canaryCalls += bucket.getCalls();
        }
        case BASELINE -> {
          baselineEpisodes += bucket.getPanicEpisodes();
          baselineCalls += bucket.getCalls();
        }
      }
      for (PanicExample panic : bucket.getExampleList()) {
        examples.add(example(arm, panic));
      }
    }

    SeriesLook look(String goPackage, Exposure exposure) {
      boolean own = canaryCalls > 0 || baselineCalls > 0;
      Counts counts =
          Counts.of(
              canaryEpisodes,
              own ? canaryCalls : exposure.canary(),
              baselineEpisodes,
              own ? baselineCalls : exposure.baseline());
      return new SeriesLook(new SeriesKey(goPackage, Sli.PANICS), counts, examples);
    }

    private static Example example(Arm arm, PanicExample panic) {
      return new Example(
          arm,
          Long.toHexString(panic.getFingerprint()),
          panic.getStack().isEmpty() ? null : panic.getStack(),
          panic.getTraceId().isEmpty() ? null : panic.getTraceId());
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import io.pkgslo.alerts.judge.Arm;
import io.pkgslo.alerts.judge.Example;
import io.pkgslo.alerts.ledger.ArmFacts;
import io.pkgslo.model.FixedPoint;
import io.pkgslo.model.wire.PanicExample;
import io.pkgslo.model.wire.ProcessShare;
import io.pkgslo.model.wire.SliBucket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What one side of a rollout did in one minute. */
final class MinuteSide {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final Arm arm;
  private final List<SliBucket> buckets;

  /**
   * @param other the other side: what both match belongs to the one that names more
   */
  MinuteSide(Arm arm, ServiceMinute minute, ArmSelector side, ArmSelector other) {
    boolean yields =
        other.isMoreSpecificThan(side) || (arm == Arm.BASELINE && !side.isMoreSpecificThan(other));
    this.arm = arm;
    this.buckets =
        minute.buckets().stream()
            .filter(bucket -> side.matches(bucket) && !(yields && other.matches(bucket)))
            .toList();
  }

  /** By package; those with calls or panics. */
  Map<String, PackageSums> sums() {
    Map<String, PackageSums> sums = new TreeMap<>();
    for (SliBucket bucket : buckets) {
      PackageSums one = PackageSums.of(bucket);
      if (one.isExposed()) {
        sums.merge(bucket.getPackage(), one, PackageSums::plus);
      }
    }
    return sums;
  }

  boolean hasCalls() {
    return buckets.stream().anyMatch(bucket -> bucket.getCalls() > 0);
  }

  long apiCalls() {
    return buckets.stream().mapToLong(SliBucket::getApiCalls).sum();
  }

  List<Example> examples(String goPackage) {
    List<Example> examples = new ArrayList<>();
    for (SliBucket bucket : buckets) {
      if (bucket.getPackage().equals(goPackage)) {
        for (PanicExample panic : bucket.getExampleList()) {
          examples.add(
              new Example(
                  arm,
                  Long.toHexString(panic.getFingerprint()),
                  absent(panic.getStack()),
                  absent(panic.getTraceId())));
        }
      }
    }
    return examples;
  }

  /** Traces of log records of severity ERROR and above. */
  List<Example> errorLogs(String goPackage) {
    return buckets.stream()
        .filter(bucket -> bucket.getPackage().equals(goPackage))
        .flatMap(bucket -> bucket.getErrorLogList().stream())
        .filter(log -> !log.getTraceId().isEmpty())
        .map(log -> new Example(arm, null, null, log.getTraceId()))
        .toList();
  }

  /** First sight of each process that was seen, epoch milliseconds. */
  Map<String, Long> pods() {
    Map<String, Long> firstSeen = new TreeMap<>();
    for (SliBucket bucket : buckets) {
      for (ProcessShare process : bucket.getProcessList()) {
        firstSeen.merge(process.getProcess(), process.getFirstSeenEpochMillis(), Math::min);
      }
    }
    return firstSeen;
  }

  /** Durations of the inits of this minute by package. */
  Map<String, List<Double>> initSeconds() {
    Map<String, List<Double>> seconds = new TreeMap<>();
    for (SliBucket bucket : buckets) {
      for (long nanos : bucket.getInitNanosList()) {
        seconds
            .computeIfAbsent(bucket.getPackage(), name -> new ArrayList<>())
            .add((double) nanos / NANOS_PER_SECOND);
      }
    }
    return seconds;
  }

  boolean weightUnknown() {
    return buckets.stream().anyMatch(SliBucket::getWeightUnknown);
  }

  long calls() {
    return buckets.stream().mapToLong(SliBucket::getCalls).sum();
  }

  long errors() {
    return buckets.stream().mapToLong(SliBucket::getErrors).sum();
  }

  /** Calls that one observed call stands for; 1 without any. */
  double meanWeight() {
    return mean(buckets.stream().mapToLong(SliBucket::getWeightedCalls).sum(), calls());
  }

  /** Likewise of failed calls. */
  double meanErrorWeight() {
    return mean(buckets.stream().mapToLong(SliBucket::getWeightedErrors).sum(), errors());
  }

  private static double mean(long weighted, long items) {
    return items == 0 || weighted == 0 ? 1 : (double) weighted / FixedPoint.ONE / items;
  }

  /** {@code known} and what this minute says about it. */
  ArmFacts facts(ArmFacts known) {
    if (buckets.isEmpty()) {
      return known;
    }
    List<ArmParts> parts = buckets.stream().map(b -> ArmParts.parse(b.getArm())).toList();
    return new ArmFacts(
        known.version(),
        one(parts, ArmParts::digest, known.digest()),
        one(parts, ArmParts::hash, known.podTemplateHash()),
        one(parts, ArmParts::workload, known.workload()),
        pods().size());
  }

  /** The value that all have; what was known where they differ or have none. */
  private static @Nullable String one(
      List<ArmParts> parts, Function<ArmParts, @Nullable String> part, @Nullable String known) {
    String value = part.apply(parts.get(0));
    boolean same = value != null && parts.stream().allMatch(p -> value.equals(part.apply(p)));
    return same ? value : known;
  }

  private static @Nullable String absent(String text) {
    return text.isEmpty() ? null : text;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import io.pkgslo.alerts.judge.Arm;
import io.pkgslo.alerts.judge.Example;
import io.pkgslo.alerts.judge.InitCrash;
import io.pkgslo.alerts.judge.JudgeState;
import io.pkgslo.model.wire.PanicExample;
import io.pkgslo.model.wire.SliBucket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts crashes in initialisation by stack, for the hard stop. */
final class InitCrashes {
  private static final int MAX_FINGERPRINTS = 100;

  private InitCrashes() {}

  /** The tallies of {@code rollout} and what {@code buckets} add to them. */
  static Map<String, CrashTally> next(RolloutState rollout, List<SliBucket> buckets) {
    Map<String, CrashTally> next = new TreeMap<>(rollout.crashes());
    for (SliBucket bucket : buckets) {
      boolean ofCanary = rollout.canary().matches(bucket);
      if (ofCanary || rollout.baseline().matches(bucket)) {
        bucket.getExampleList().stream()
            .filter(PanicExample::getInitFailure)
            .forEach(panic -> add(next, bucket.getPackage(), panic, ofCanary));
      }
    }
    return next;
  }

  private static void add(
      Map<String, CrashTally> tallies, String goPackage, PanicExample panic, boolean ofCanary) {
    String fingerprint = Long.toHexString(panic.getFingerprint());
    CrashTally known = tallies.get(fingerprint);
    if (known == null && tallies.size() >= MAX_FINGERPRINTS) {
      return;
    }
    CrashTally tally = known == null ? CrashTally.none(goPackage, stack(panic)) : known;
    tallies.put(
        fingerprint,
        ofCanary ? tally.canary(panic.getProcess(), panic.getTimeEpochMillis()) : tally.baseline());
  }

  private static @Nullable String stack(PanicExample panic) {
    return panic.getStack().isEmpty() ? null : panic.getStack();
  }

  /** What the judge does not know yet. */
  static List<InitCrash> news(Map<String, CrashTally> tallies, JudgeState judged) {
    List<InitCrash> crashes = new ArrayList<>();
    new TreeMap<>(tallies)
        .forEach(
            (fingerprint, tally) -> {
              InitCrash crash = forJudge(fingerprint, tally);
              InitCrash known = judged.crashes().get(fingerprint);
              if (known == null || !known.equals(crash)) {
                crashes.add(crash);
              }
            });
    return crashes;
  }

  private static InitCrash forJudge(String fingerprint, CrashTally tally) {
    return new InitCrash(
        fingerprint,
        tally.goPackage(),
        tally.lastCrashMillis().size(),
        tally.canaryRestarts(),
        tally.baselineCrashes(),
        new Example(Arm.CANARY, fingerprint, tally.stack(), null));
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import io.pkgslo.alerts.judge.Arm;
import io.pkgslo.alerts.judge.Example;
import io.pkgslo.alerts.judge.InitCrash;
import io.pkgslo.model.wire.PanicExample;
import io.pkgslo.model.wire.SliBucket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts crashes in initialisation by stack, for the hard stop. */
final class InitCrashes {
  private static final int MAX_FINGERPRINTS = 100;

  private InitCrashes() {}

  /** {@code known} and what {@code minute} adds to it. */
  static Map<String, CrashTally> next(
      Map<String, CrashTally> known, ServiceMinute minute, String canary, String baseline) {
    Map<String, CrashTally> next = new TreeMap<>(known);
    for (SliBucket bucket : minute.buckets()) {
      boolean ofCanary = bucket.getVersion().equals(canary);
      if (ofCanary || bucket.getVersion().equals(baseline)) {
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
    if (tallies.size() >= MAX_FINGERPRINTS && !tallies.containsKey(fingerprint)) {
      return;
    }
    CrashTally tally =
        tallies.computeIfAbsent(fingerprint, f -> CrashTally.none(goPackage, panic.getStack()));
    tallies.put(fingerprint, ofCanary ? tally.canary(panic.getProcess()) : tally.baseline());
  }

  /** As the judge takes them. */
  static List<InitCrash> forJudge(Map<String, CrashTally> tallies) {
    List<InitCrash> crashes = new ArrayList<>();
    new TreeMap<>(tallies)
        .forEach(
            (fingerprint, tally) ->
                crashes.add(
                    new InitCrash(
                        fingerprint,
                        tally.goPackage(),
                        tally.canaryProcesses().size(),
                        tally.canaryRestarts(),
                        tally.baselineCrashes(),
                        new Example(Arm.CANARY, fingerprint, tally.stack(), null))));
    return crashes;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import io.pkgslo.model.DurationBuckets;
import io.pkgslo.model.wire.ProcessShare;
import io.pkgslo.model.wire.SliBucket;
import java.util.SplittableRandom;

/**
 * A service under random traffic: 18 pods of the baseline and 2 of the canary, a hundred calls per
 * pod and minute under a load that both share, errors that burst on single pods, and durations that
 * follow the load.
 */
final class Fleet {
  private static final int CALLS_PER_POD = 100;
  private static final double ERROR_RATE = 0.01;
  private static final double BURST_CHANCE = 0.05;
  private static final double BURST_RATE = 0.08;
  private static final double MEDIAN_MILLIS = 90;
  private static final double SIGMA = 0.5;
  private static final double NANOS_PER_MILLI = 1e6;

  private final String service;
  private final SplittableRandom random;
  private final double errorFactor;
  private final double slowdown;
  private double load = 1;

  /**
   * @param errorFactor errors of the canary by those of the baseline
   * @param slowdown durations likewise
   */
  Fleet(String service, long seed, double errorFactor, double slowdown) {
    this.service = service;
    this.random = new SplittableRandom(seed);
    this.errorFactor = errorFactor;
    this.slowdown = slowdown;
  }

  /** The load walks by the minute; both sides feel it. */
  void nextMinute() {
    load = Math.max(0.6, Math.min(1.6, load * Math.exp(0.1 * random.nextGaussian())));
  }

  SliBucket baseline(int minute) {
    return bucket(minute, "1.4.0", 18, 1, 1);
  }

  SliBucket canary(int minute) {
    return bucket(minute, "1.5.0", 2, errorFactor, slowdown);
  }

  private SliBucket bucket(int minute, String version, int pods, double errors, double slower) {
    SliBucket.Builder bucket =
        SliBucket.newBuilder()
            .setService(service)
            .setVersion(version)
            .setArm(version)
            .setPackage(Minutes.PRICING)
            .setStartEpochMillis(Minutes.at(minute))
            .setWidthSeconds(60);
    long[] durations = new long[DurationBuckets.COUNT];
    long failed = 0;
    int calls = (int) Math.round(CALLS_PER_POD * load);
    for (int pod = 0; pod < pods; pod++) {
      boolean bursts = random.nextDouble() < BURST_CHANCE;
      int ofPod = failures(calls, errors * (bursts ? BURST_RATE : ERROR_RATE));
      failed += ofPod;
      for (int call = 0; call < calls; call++) {
        double millis = slower * MEDIAN_MILLIS * load * Math.exp(SIGMA * random.nextGaussian());
        durations[DurationBuckets.indexOf((long) (millis * NANOS_PER_MILLI))]++;
      }
      bucket.addProcess(
          ProcessShare.newBuilder()
              .setProcess(version + "-" + pod)
              .setCalls(calls)
              .setErrors(ofPod)
              .setOwnErrors(ofPod)
              .setFirstSeenEpochMillis(Minutes.START));
    }
    for (long count : durations) {
      bucket.addDurationCount(count);
    }
    long all = (long) calls * pods;
    return bucket.setCalls(all).setApiCalls(all).setErrors(failed).setOwnErrors(failed).build();
  }

  private int failures(int calls, double rate) {
    int failed = 0;
    for (int call = 0; call < calls; call++) {
      failed += random.nextDouble() < rate ? 1 : 0;
    }
    return failed;
  }
}

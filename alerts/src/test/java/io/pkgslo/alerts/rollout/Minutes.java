// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import io.pkgslo.model.wire.PanicExample;
import io.pkgslo.model.wire.ProcessShare;
import io.pkgslo.model.wire.SliBucket;

/** Buckets of a made-up service. */
final class Minutes {
  static final String SERVICE = "shop/checkout";
  static final String PRICING = "github.com/acme/shop/pricing";
  static final long START = 1_700_000_040_000L;

  private Minutes() {}

  static long at(int minute) {
    return START + minute * ServiceMinute.LENGTH_MILLIS;
  }

  /** Two processes per version; episodes fall on the first. */
  static SliBucket bucket(int minute, String version, long calls, long episodes) {
    SliBucket.Builder bucket =
        SliBucket.newBuilder()
            .setService(SERVICE)
            .setVersion(version)
            .setArm(version)
            .setPackage(PRICING)
            .setStartEpochMillis(at(minute))
            .setWidthSeconds(60)
            .setCalls(calls)
            .setPanics(episodes)
            .setPanicEpisodes(episodes);
    for (String process : new String[] {"a", "b"}) {
      bucket.addProcess(
          ProcessShare.newBuilder()
              .setProcess(version + process)
              .setCalls(calls / 2)
              .setFirstSeenEpochMillis(START));
    }
    if (episodes > 0) {
      bucket.addExample(
          PanicExample.newBuilder()
              .setFingerprint(42)
              .setFunction("pricing.Total")
              .setStack("goroutine 7 [running]:")
              .setTraceId("0123456789abcdef0123456789abcdef"));
    }
    return bucket.build();
  }
}

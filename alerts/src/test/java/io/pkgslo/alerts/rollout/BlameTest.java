// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import static io.pkgslo.alerts.rollout.Minutes.PRICING;
import static io.pkgslo.alerts.rollout.Minutes.SERVICE;
import static io.pkgslo.alerts.rollout.Minutes.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.alerts.judge.Policy;
import io.pkgslo.model.DurationBuckets;
import io.pkgslo.model.wire.ProcessShare;
import io.pkgslo.model.wire.SliBucket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A handler calls a package; the package gets slow. */
class BlameTest {
  private static final String HANDLER = "github.com/acme/shop/handler";

  private final DrivenTopology topology =
      new DrivenTopology(new RolloutTopology(1, RolloutRules.of(Policy.DEFAULT)));

  @AfterEach
  void close() {
    topology.close();
  }

  /**
   * The handler has twice the calls, so that it is the first to be rejected; its own time is as it
   * was.
   */
  @Test
  void slowPackage_isNamed_andNotItsCaller() {
    for (int minute = 0; minute < 6; minute++) {
      topology.closeUntil(
          minute + 1,
          bucket(minute, "1.4.0", HANDLER, 1_800, 12, 2),
          bucket(minute, "1.4.0", PRICING, 900, 10, 10));
    }
    RolloutView view = null;
    for (int minute = 6; minute < 16; minute++) {
      topology.closeUntil(
          minute + 1,
          bucket(minute, "1.4.0", HANDLER, 1_800, 12, 2),
          bucket(minute, "1.4.0", PRICING, 900, 10, 10),
          bucket(minute, "1.5.0", HANDLER, 200, 42, 2),
          bucket(minute, "1.5.0", PRICING, 100, 40, 40));
      view = topology.view();
    }

    assertThat(view.verdict()).isEqualTo("rollback");
    assertThat(view.goPackage()).isEqualTo(PRICING);
    assertThat(view.reason()).contains(PRICING);
  }

  /** More calls of others, each as fast as before: nobody's own time grew. */
  @Test
  void callerThatCallsMoreOften_isNamedItself() {
    for (int minute = 0; minute < 6; minute++) {
      topology.closeUntil(minute + 1, bucket(minute, "1.4.0", HANDLER, 900, 12, 2));
    }
    RolloutView view = null;
    for (int minute = 6; minute < 16; minute++) {
      topology.closeUntil(
          minute + 1,
          bucket(minute, "1.4.0", HANDLER, 900, 12, 2),
          bucket(minute, "1.5.0", HANDLER, 100, 42, 2));
      view = topology.view();
    }

    assertThat(view.verdict()).isEqualTo("rollback");
    assertThat(view.goPackage()).isEqualTo(HANDLER);
    assertThat(view.reason()).contains("calls slower than").doesNotContain("the time is spent in");
  }

  /** All calls last {@code millis}, {@code ownMillis} of it by themselves; two processes. */
  private static SliBucket bucket(
      int minute, String version, String goPackage, long calls, long millis, long ownMillis) {
    List<Long> durations = counts(calls, millis);
    List<Long> own = counts(calls, ownMillis);
    SliBucket.Builder bucket =
        SliBucket.newBuilder()
            .setService(SERVICE)
            .setVersion(version)
            .setArm(version)
            .setPackage(goPackage)
            .setStartEpochMillis(at(minute))
            .setWidthSeconds(60)
            .setCalls(calls)
            .setApiCalls(calls)
            .addAllDurationCount(durations)
            .addAllOwnDurationCount(own);
    for (String process : List.of("a", "b")) {
      bucket.addProcess(
          ProcessShare.newBuilder()
              .setProcess(version + process)
              .setCalls(calls / 2)
              .addAllDurationCount(counts(calls / 2, millis))
              .addAllOwnDurationCount(counts(calls / 2, ownMillis))
              .setFirstSeenEpochMillis(at(-60)));
    }
    return bucket.build();
  }

  private static List<Long> counts(long calls, long millis) {
    List<Long> counts = new ArrayList<>();
    int index = DurationBuckets.indexOf(millis * 1_000_000);
    for (int i = 0; i < DurationBuckets.COUNT; i++) {
      counts.add(i == index ? calls : 0L);
    }
    return counts;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

import java.util.List;
import java.util.Map;

/** Rollouts that the tests of judge and ledger share. */
final class TestRollouts {

  static final String PRICING = "github.com/acme/shop/pricing";
  static final String CART = "github.com/acme/shop/cart";
  static final SeriesKey PANICS = new SeriesKey(PRICING, Sli.PANICS);
  static final SeriesKey ERRORS = new SeriesKey(PRICING, Sli.ERRORS);
  static final Example EXAMPLE =
      new Example(
          Arm.CANARY,
          "f00d",
          "panic: nil map\ngoroutine 7 [running]:",
          "0af7651916cd43dd8448eb211c80319c");

  private TestRollouts() {}

  static RolloutJudge judge(Policy policy, SeriesKey... series) {
    return new RolloutJudge(policy, Opening.of("v1.5.0", "v1.4.0", List.of(series)));
  }

  /** A judge who gives all of alpha to panics, as if nothing else could fail. */
  static RolloutJudge judge() {
    Opening opening =
        new Opening(
            "v1.5.0",
            "v1.4.0",
            Opening.Control.CONCURRENT,
            List.of(PANICS),
            Map.of(PANICS, 1.0),
            Map.of(),
            Map.of());
    return new RolloutJudge(Policy.DEFAULT, opening);
  }

  static Look look(long minute, SeriesKey key, Counts counts) {
    return look(minute, key, counts, LookFacts.UNKNOWN.withPods(3, 27));
  }

  static Look look(long minute, SeriesKey key, Counts counts, LookFacts facts) {
    return new Look(
        minute * 60_000_000_000L, List.of(new SeriesLook(key, counts, List.of(EXAMPLE))), facts);
  }

  /** So many equal looks. */
  static JudgeState after(RolloutJudge judge, int looks, Counts each) {
    return after(judge, looks, each, LookFacts.UNKNOWN.withPods(3, 27));
  }

  static JudgeState after(RolloutJudge judge, int looks, Counts each, LookFacts facts) {
    JudgeState state = judge.start();
    SeriesKey key = judge.opening().series().get(0);
    for (int minute = 1; minute <= looks; minute++) {
      state = judge.next(state, look(minute, key, each, facts));
    }
    return state;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether the canary gets the share of calls that was configured. Three e-processes over the calls
 * of the whole service, each a mixture over the looks at which the deviation may have begun. A step
 * to another configured share starts them again.
 *
 * @param canaryWeight the configured share that is watched; absent before one is known
 * @param looks since it is watched
 * @param canaryCalls since then
 * @param baselineCalls since then
 * @param more log wealth of the bet on too large a share
 * @param fewer log wealth of the bet on too small a share
 * @param dropped log wealth of the bet on less than half of the configured odds
 */
public record TrafficWatch(
    @Nullable Double canaryWeight,
    long looks,
    double canaryCalls,
    double baselineCalls,
    List<Double> more,
    List<Double> fewer,
    List<Double> dropped) {

  /** A canary that gets less than this part of its configured odds has lost its traffic. */
  private static final double DROP = 0.5;

  /** Nothing is known. */
  public static final TrafficWatch START =
      new TrafficWatch(
          null,
          0,
          0,
          0,
          Mixture.startAtAnyLook(),
          Mixture.startAtAnyLook(),
          Mixture.startAtAnyLook());

  public TrafficWatch {
    more = List.copyOf(more);
    fewer = List.copyOf(fewer);
    dropped = List.copyOf(dropped);
  }

  TrafficWatch next(LookFacts.@Nullable Traffic traffic, double tolerance) {
    if (traffic == null || traffic.canaryWeight() == null) {
      return this;
    }
    double weight = traffic.canaryWeight();
    if (weight == 0 || weight == 1) {
      return START;
    }
    TrafficWatch base = canaryWeight != null && canaryWeight == weight ? this : START;
    return base.add(traffic, weight, tolerance);
  }

  private TrafficWatch add(LookFacts.Traffic traffic, double weight, double tolerance) {
    double x = traffic.canaryCalls() / traffic.phi();
    double y = traffic.baselineCalls() / traffic.phi();
    double odds = weight / (1 - weight);
    long look = looks + 1;
    double most = odds * (1 + tolerance);
    double least = odds / (1 + tolerance);
    double lost = odds * DROP;
    return new TrafficWatch(
        weight,
        look,
        canaryCalls + traffic.canaryCalls(),
        baselineCalls + traffic.baselineCalls(),
        Mixture.nextFromAnyLook(more, look, x, x + y, most / (1 + most)),
        Mixture.nextFromAnyLook(fewer, look, y, x + y, 1 / (1 + least)),
        Mixture.nextFromAnyLook(dropped, look, y, x + y, 1 / (1 + lost)));
  }

  /** Whether the split differs from the configured one by more than the tolerance. */
  boolean mismatch(double alpha) {
    double threshold = -StrictMath.log(alpha);
    return Mixture.logMean(more) >= threshold || Mixture.logMean(fewer) >= threshold;
  }

  /** Whether the canary has lost its traffic. */
  boolean drop(double alpha) {
    return Mixture.logMean(dropped) >= -StrictMath.log(alpha);
  }

  /** The share that the canary got; 0 before the first call. */
  double observedShare() {
    double calls = canaryCalls + baselineCalls;
    return calls == 0 ? 0 : canaryCalls / calls;
  }
}

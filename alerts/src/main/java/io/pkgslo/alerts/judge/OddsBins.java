// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * The events of all looks by the odds of exposure (canary by baseline) under which they fell: all
 * that a confidence bound needs to know of the past, in a size that does not grow with the number
 * of looks.
 *
 * <p>Looks whose odds are within 1/8 in log share a bin, which keeps the events' mean log odds: the
 * error is of second order in the width, below 0.1 % of a bound. Verdicts use the exact products of
 * {@link CountEvidence}, never these bins.
 *
 * @param bins sorted by {@link Bin#index}
 */
public record OddsBins(List<Bin> bins) {

  private static final double BINS_PER_E = 8;

  /** Odds beyond e^14 either way are one bin: fewer than one call in a million in one arm. */
  private static final double LIMIT = 14;

  static final OddsBins EMPTY = new OddsBins(List.of());

  /**
   * The looks with about the same odds.
   *
   * @param index log odds in units of 1/8
   * @param events events in both arms, tempered
   * @param eventLogOdds sum over events of their log odds
   */
  public record Bin(int index, double events, double eventLogOdds) {
    double odds() {
      return StrictMath.exp(eventLogOdds / events);
    }
  }

  /** The canary's share of events that a null hypothesis expects at given odds of exposure. */
  interface NullShare {
    double at(double odds);
  }

  public OddsBins {
    bins = List.copyOf(bins);
  }

  OddsBins plus(double events, double odds) {
    if (events == 0) {
      return this;
    }
    double logOdds = Math.max(-LIMIT, Math.min(LIMIT, StrictMath.log(odds)));
    int index = (int) StrictMath.rint(BINS_PER_E * logOdds);
    List<Bin> next = new ArrayList<>(bins.size() + 1);
    boolean placed = false;
    for (Bin bin : bins) {
      if (!placed && bin.index > index) {
        next.add(new Bin(index, events, events * logOdds));
        placed = true;
      }
      if (bin.index == index) {
        next.add(new Bin(index, bin.events + events, bin.eventLogOdds + events * logOdds));
        placed = true;
      } else {
        next.add(bin);
      }
    }
    if (!placed) {
      next.add(new Bin(index, events, events * logOdds));
    }
    return new OddsBins(next);
  }

  /** The sum over all events of a function of the odds under which they fell. */
  double sum(DoubleUnaryOperator perEvent) {
    double sum = 0;
    for (Bin bin : bins) {
      sum += bin.events * perEvent.applyAsDouble(bin.odds());
    }
    return sum;
  }
}

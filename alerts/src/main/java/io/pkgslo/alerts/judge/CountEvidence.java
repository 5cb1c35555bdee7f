// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

import java.util.List;

/**
 * What the looks so far say about one series: the conditional-binomial mixture e-process of {@code
 * rollback-statistics.md}, section Count evidence, and its mirror image for promotion.
 *
 * <p>Given the events of both arms in a look, the canary's are Binomial with a share that only the
 * exposures and the ratio of rates decide. Whatever load or incident both arms have in common
 * cancels, and no baseline rate has to be known. Under "the canary's rate is at most delta times
 * the baseline's" the process is a test supermartingale: it ever reaches 1/a with probability at
 * most a.
 *
 * <p>A look in which one arm has no exposure decides nothing and leaves the evidence as it is; its
 * events are counted in {@code incomparableEvents}.
 *
 * @param canaryEvents sum over the comparable looks, not tempered
 * @param canaryCalls sum over the comparable looks
 * @param baselineEvents sum over the comparable looks, not tempered
 * @param baselineCalls sum over the comparable looks
 * @param incomparableEvents events of both arms in looks where one arm had no exposure
 * @param looks comparable looks
 * @param phi the overdispersion of the latest comparable look, 1 before it
 * @param worse log wealth per alternative of the bet that the canary is worse than delta allows
 * @param better log wealth per alternative of the bet that the canary's rate is below deltaMax
 *     times the baseline's
 * @param maxLogE the highest log E so far, at least 0
 * @param temperedCanaryEvents canary events, each divided by its look's phi
 * @param temperedBaselineEvents baseline events, each divided by its look's phi
 * @param bins the events by odds of exposure
 */
public record CountEvidence(
    double canaryEvents,
    double canaryCalls,
    double baselineEvents,
    double baselineCalls,
    double incomparableEvents,
    long looks,
    double phi,
    List<Double> worse,
    List<Double> better,
    double maxLogE,
    double temperedCanaryEvents,
    double temperedBaselineEvents,
    OddsBins bins) {

  /** Before the first look: E = 1. */
  public static final CountEvidence START =
      new CountEvidence(
          0, 0, 0, 0, 0, 0, 1, Mixture.start(), Mixture.start(), 0, 0, 0, OddsBins.EMPTY);

  public CountEvidence {
    worse = List.copyOf(worse);
    better = List.copyOf(better);
  }

  /**
   * One look further.
   *
   * @param delta the ratio of rates up to which a canary is innocent, &gt; 0
   * @param deltaMax the ratio of rates that promotion rules out, &gt; 0
   */
  public CountEvidence next(Counts look, double delta, double deltaMax) {
    if (!look.comparable()) {
      return look.hasEvents() ? withIncomparable(look) : this;
    }
    double x = look.canaryEvents() / look.phi();
    double y = look.baselineEvents() / look.phi();
    double odds = look.canaryCalls() / look.baselineCalls();
    List<Double> nextWorse = Mixture.next(worse, x, x + y, share(delta * odds));
    List<Double> nextBetter = Mixture.next(better, y, x + y, share(1 / (deltaMax * odds)));
    return new CountEvidence(
        canaryEvents + look.canaryEvents(),
        canaryCalls + look.canaryCalls(),
        baselineEvents + look.baselineEvents(),
        baselineCalls + look.baselineCalls(),
        incomparableEvents,
        looks + 1,
        look.phi(),
        nextWorse,
        nextBetter,
        Math.max(maxLogE, Mixture.logMean(nextWorse)),
        temperedCanaryEvents + x,
        temperedBaselineEvents + y,
        bins.plus(x + y, odds));
  }

  private CountEvidence withIncomparable(Counts look) {
    return new CountEvidence(
        canaryEvents,
        canaryCalls,
        baselineEvents,
        baselineCalls,
        incomparableEvents + look.canaryEvents() + look.baselineEvents(),
        looks,
        phi,
        worse,
        better,
        maxLogE,
        temperedCanaryEvents,
        temperedBaselineEvents,
        bins);
  }

  /** The natural log of the evidence that the canary is worse than delta allows. */
  public double logE() {
    return Mixture.logMean(worse);
  }

  /**
   * The natural log of the evidence that the canary's rate is below deltaMax times the baseline's.
   */
  public double logBetter() {
    return Mixture.logMean(better);
  }

  /** Whether any event fell in either arm of a comparable look. */
  public boolean hasEvents() {
    return canaryEvents > 0 || baselineEvents > 0;
  }

  /** p = o / (1 + o), exact also where o is huge. */
  private static double share(double odds) {
    return odds > 1 ? 1 / (1 + 1 / odds) : odds / (1 + odds);
  }
}

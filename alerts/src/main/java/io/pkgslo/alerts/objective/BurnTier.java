// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;

/**
 * One tier of a multi-window, multi-burn-rate alert (SRE workbook, chapter 5): alert when the share
 * {@code budgetShare} of the error budget is spent within {@code longWindow}, as long as it still
 * burns in {@code shortWindow}.
 *
 * @param budgetShare share of the budget, in (0, 1], without trailing zeros
 * @param longWindow window that proves significance
 * @param shortWindow window that ends the alert soon after the cause is gone
 * @param holdFor {@code for}: how long both must burn before the alert fires; zero for at once
 * @param keepFiringFor how long the alert outlives its cause; zero for not at all
 */
public record BurnTier(
    BigDecimal budgetShare,
    Duration longWindow,
    Duration shortWindow,
    Severity severity,
    Duration holdFor,
    Duration keepFiringFor) {

  /** Long windows of tiers: the analyzer keeps these, and a twelfth of each. */
  public static final List<Duration> LONG_WINDOWS =
      List.of(Duration.ofHours(1), Duration.ofHours(6), Duration.ofDays(1), Duration.ofDays(3));

  private static final int SHORT_PER_LONG = 12;

  public BurnTier {
    if (budgetShare.signum() <= 0 || budgetShare.compareTo(BigDecimal.ONE) > 0) {
      throw new IllegalArgumentException("budget share must be in (0, 1], was " + budgetShare);
    }
    if (shortWindow.isNegative() || shortWindow.compareTo(longWindow) >= 0) {
      throw new IllegalArgumentException(
          "short window " + shortWindow + " must be shorter than long window " + longWindow);
    }
    if (holdFor.isNegative() || keepFiringFor.isNegative()) {
      throw new IllegalArgumentException(
          "for " + holdFor + " and keep_firing_for " + keepFiringFor + " must not be negative");
    }
    budgetShare = budgetShare.stripTrailingZeros();
  }

  /** A tier that fires at once, and ends with its cause. */
  public BurnTier(
      BigDecimal budgetShare, Duration longWindow, Duration shortWindow, Severity severity) {
    this(budgetShare, longWindow, shortWindow, severity, Duration.ZERO, Duration.ZERO);
  }

  /** A tier whose short window is a twelfth of the long one, as in the workbook. */
  public static BurnTier of(BigDecimal budgetShare, Duration longWindow, Severity severity) {
    return new BurnTier(budgetShare, longWindow, longWindow.dividedBy(SHORT_PER_LONG), severity);
  }

  /**
   * The tiers for {@code period}. A month spends 2, 5, 10 and 10 % like the workbook; shorter
   * periods need larger shares, or the slow tiers would fire on ordinary days.
   */
  public static List<BurnTier> defaultsFor(Duration period) {
    boolean shortPeriod = period.compareTo(Duration.ofDays(14)) < 0;
    String[] shares =
        shortPeriod
            ? new String[] {"0.08", "0.125", "0.20", "0.42"}
            : new String[] {"0.02", "0.05", "0.10", "0.10"};
    return List.of(
        tier(shares[0], 0, Severity.PAGE),
        tier(shares[1], 1, Severity.PAGE),
        tier(shares[2], 2, Severity.TICKET),
        tier(shares[3], 3, Severity.TICKET));
  }

  private static BurnTier tier(String share, int window, Severity severity) {
    return of(new BigDecimal(share), LONG_WINDOWS.get(window), severity);
  }

  /** This tier, firing after {@code holdFor} and for {@code keepFiringFor} longer. */
  public BurnTier timed(Duration holdFor, Duration keepFiringFor) {
    return new BurnTier(budgetShare, longWindow, shortWindow, severity, holdFor, keepFiringFor);
  }

  /**
   * Burn rate that spends {@code budgetShare} of a budget for {@code period} in the long window.
   */
  public BigDecimal factor(Duration period) {
    return budgetShare
        .multiply(BigDecimal.valueOf(period.toSeconds()))
        .divide(
            BigDecimal.valueOf(longWindow.toSeconds()), new MathContext(6, RoundingMode.HALF_EVEN))
        .stripTrailingZeros();
  }

  /**
   * True when a total outage reaches the factor: only then can the tier ever fire. The highest burn
   * rate that there is, is 1 / (1 - target).
   */
  public boolean reachable(BigDecimal target, Duration period) {
    BigDecimal needed = factor(period).multiply(BigDecimal.ONE.subtract(target));
    return needed.compareTo(BigDecimal.ONE) < 0;
  }
}

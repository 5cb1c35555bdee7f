// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.budget;

import io.pkgslo.analyzer.sli.SloSnapshot;
import io.pkgslo.analyzer.window.Sums;
import io.pkgslo.analyzer.window.Window;
import io.pkgslo.model.FixedPoint;
import java.math.BigDecimal;
import java.util.OptionalDouble;

/**
 * The error budget of one objective of one subject, in the arithmetic of {@code docs/sli.md}:
 * numerators and denominators are added over the window, a ratio is taken last.
 *
 * <p>A window without any event has no ratio: the methods return empty then, and never a value that
 * looks healthy. Bad events without any valid one (a helper package that panics while nothing says
 * how often it is called) make a ratio of 1.
 */
public final class ErrorBudget {
  /** Spending more than this share of the budget leaves less than a tenth of it. */
  private static final BigDecimal NOT_DEGRADED_UP_TO = new BigDecimal("0.9");

  private final SloSnapshot slo;
  private final double allowedShare;

  public ErrorBudget(SloSnapshot slo) {
    this.slo = slo;
    this.allowedShare = slo.objective().allowedShare();
  }

  /** Neither a valid nor a bad event in the period. */
  public boolean noData() {
    return slo.period().isEmpty();
  }

  /** Bad events that the target allows over the period, in events. */
  public double allowed() {
    return allowedShare * FixedPoint.toDouble(valid(slo.period()));
  }

  /** Share of the budget that is spent: 1 is all of it; more is possible. Empty without data. */
  public OptionalDouble consumed() {
    if (noData()) {
      return OptionalDouble.empty();
    }
    long bad = slo.period().bad();
    return OptionalDouble.of(bad == 0 ? 0 : FixedPoint.toDouble(bad) / allowed());
  }

  /** Share of the budget that is left; negative when overspent. Empty without data. */
  public OptionalDouble remaining() {
    if (noData()) {
      return OptionalDouble.empty();
    }
    long bad = slo.period().bad();
    return OptionalDouble.of(bad == 0 ? 1 : (allowed() - FixedPoint.toDouble(bad)) / allowed());
  }

  /** Less than a tenth of the budget is left; decided in decimal, so that a tenth is a tenth. */
  public boolean degraded() {
    if (slo.period().bad() == 0) {
      return false;
    }
    BigDecimal allowed =
        BigDecimal.ONE
            .subtract(slo.objective().target())
            .multiply(BigDecimal.valueOf(valid(slo.period())));
    BigDecimal bad = BigDecimal.valueOf(slo.period().bad());
    return bad.compareTo(allowed.multiply(NOT_DEGRADED_UP_TO)) > 0;
  }

  /** Bad by valid events of a window. Empty without data. */
  public OptionalDouble errorRatio(Window window) {
    return errorRatio(slo.windows().get(indexOf(window)));
  }

  private static OptionalDouble errorRatio(Sums sums) {
    return sums.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) sums.bad() / valid(sums));
  }

  private int indexOf(Window window) {
    return slo.objective().windows().indexOf(window);
  }

  /**
   * How many times faster than allowed the budget burns in a window: 1 spends it exactly in the
   * period. Empty without data, or with fewer events than the objective asks for.
   */
  public OptionalDouble burnRate(Window window) {
    Sums sums = slo.windows().get(indexOf(window));
    if (slo.objective().guard().holdsBack(sums)) {
      return OptionalDouble.empty();
    }
    OptionalDouble ratio = errorRatio(sums);
    return ratio.isEmpty() ? ratio : OptionalDouble.of(ratio.getAsDouble() / allowedShare);
  }

  /**
   * Seconds until nothing of the budget is left if it burns on as in the last hour; 0 when nothing
   * is left. Empty while nothing burns.
   */
  public OptionalDouble secondsToExhaustion() {
    OptionalDouble burn = burnRate(Window.HOUR);
    OptionalDouble remaining = remaining();
    if (remaining.isEmpty() || burn.isEmpty() || burn.getAsDouble() == 0) {
      return OptionalDouble.empty();
    }
    double left = Math.max(0, remaining.getAsDouble());
    return OptionalDouble.of(left * slo.objective().period().seconds() / burn.getAsDouble());
  }

  private static long valid(Sums sums) {
    return sums.valid() == 0 ? sums.bad() : sums.valid();
  }
}

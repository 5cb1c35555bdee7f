// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate;

import io.pkgslo.alerts.judge.Budget;
import io.pkgslo.alerts.rollout.Budgets;
import io.pkgslo.model.wire.SloState;
import io.pkgslo.model.wire.SubjectState;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The tightest error budget of a service, from what the analyzer says about its packages. The
 * versions of a package share a budget: it is the objective's, not the release's. Series that an
 * objective tells apart by labels have a budget each.
 */
final class BudgetView implements Budgets {
  private static final double SECONDS_PER_DAY = 86_400;
  private static final double SECONDS_PER_HOUR = 3_600;

  private final Supplier<? extends Collection<SubjectState>> subjects;

  BudgetView(Supplier<? extends Collection<SubjectState>> subjects) {
    this.subjects = subjects;
  }

  @Override
  public @Nullable Budget of(String service, @Nullable String version) {
    Map<String, Sums> byObjective = new TreeMap<>();
    for (SubjectState subject : subjects.get()) {
      if (subject.getService().equals(service)) {
        for (SloState slo : subject.getSloList()) {
          byObjective
              .computeIfAbsent(
                  slo.getSlo() + '\0' + subject.getPackage() + '\0' + slo.getLabelValueList(),
                  key -> new Sums(slo))
              .add(slo, subject.getVersion().equals(version));
        }
      }
    }
    Sums tightest = null;
    for (Sums sums : byObjective.values()) {
      if (sums.hasData() && (tightest == null || sums.remaining() < tightest.remaining())) {
        tightest = sums;
      }
    }
    return tightest == null ? null : tightest.budget();
  }

  /** One objective of one package over all versions; mutable, for one question. */
  private static final class Sums {
    private final double errorShare;
    private final long periodSeconds;
    private double valid;
    private double bad;
    private double badOfRelease;
    private @Nullable Double secondsToExhaustion;

    Sums(SloState slo) {
      errorShare = BigDecimal.ONE.subtract(new BigDecimal(slo.getTarget())).doubleValue();
      periodSeconds = slo.getPeriodSeconds();
    }

    void add(SloState slo, boolean ofRelease) {
      valid += slo.getValid();
      bad += slo.getBad();
      badOfRelease += ofRelease ? slo.getBad() : 0;
      if (slo.hasSecondsToExhaustion()
          && (secondsToExhaustion == null || slo.getSecondsToExhaustion() < secondsToExhaustion)) {
        secondsToExhaustion = slo.getSecondsToExhaustion();
      }
    }

    boolean hasData() {
      return allowed() > 0;
    }

    double remaining() {
      return 1 - bad / allowed();
    }

    private double allowed() {
      return errorShare * valid;
    }

    Budget budget() {
      return new Budget(remaining(), period(), secondsToExhaustion, badOfRelease / allowed());
    }

    private String period() {
      return periodSeconds >= SECONDS_PER_DAY
          ? String.format(Locale.ROOT, "%.0f d", periodSeconds / SECONDS_PER_DAY)
          : String.format(Locale.ROOT, "%.0f h", Math.max(1, periodSeconds / SECONDS_PER_HOUR));
    }
  }
}

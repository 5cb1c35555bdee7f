// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.openslo;

import io.pkgslo.alerts.objective.Alerting;
import io.pkgslo.alerts.objective.BurnTier;
import io.pkgslo.alerts.objective.Durations;
import io.pkgslo.alerts.objective.NoDataAlert;
import io.pkgslo.alerts.objective.PackageSli;
import io.pkgslo.alerts.objective.PrometheusQueries;
import io.pkgslo.alerts.objective.Severity;
import io.pkgslo.alerts.objective.SliSource;
import io.pkgslo.alerts.objective.WindowLabel;
import io.pkgslo.alerts.objective.yaml.YamlMap;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * When an SLO alerts: the usual tiers with the changes of its annotations, or those of its alert
 * policies. One object reads one SLO; its objectives differ only in their targets.
 */
final class AlertingReader {
  /** Slower burning never spends the budget; a tenth is left for the rounding of shares. */
  private static final BigDecimal LEAST_FACTOR = new BigDecimal("0.9");

  /** In the annotation about silence: each side of a ratio by itself. */
  static final String EACH_PART = "each-part";

  private static final Duration NO_DATA_AFTER = Duration.ofMinutes(10);
  private static final int SHORT_PER_LONG = 12;
  private static final MathContext SHARE_DIGITS = MathContext.DECIMAL64;

  private final OpenSloDocument slo;
  private final OurAnnotations annotations;
  private final List<PolicyReader.Policy> policies;
  private final Map<Duration, TierAnnotation.Change> changes;
  private final Duration holdFor;
  private final Duration keepFiringFor;
  private final @Nullable NoDataAlert noData;
  private final long minValid;
  private final long minBad;

  AlertingReader(OpenSloDocument slo, List<PolicyReader.Policy> policies) {
    this.slo = slo;
    this.annotations = slo.metadata().ours();
    this.policies = policies;
    this.changes = TierAnnotation.read(annotations);
    this.holdFor = hold(OurAnnotations.FOR);
    this.keepFiringFor = hold(OurAnnotations.KEEP_FIRING_FOR);
    this.noData = noData();
    this.minValid = annotations.count(OurAnnotations.MIN_VALID);
    this.minBad = annotations.count(OurAnnotations.MIN_BAD);
    if (!policies.isEmpty() && annotations.has(OurAnnotations.TIERS)) {
      annotations.error(
          OurAnnotations.TIERS,
          OurAnnotations.TIERS + " beside alertPolicies, expected either of them");
    }
  }

  /**
   * What holds for an objective with this target.
   *
   * @param source what it is about
   */
  Alerting read(Duration period, BigDecimal target, SliSource source) {
    boolean counted = source instanceof PackageSli;
    if (noData != null && noData.eachPart() && !(source instanceof PrometheusQueries.Ratio)) {
      noDataError(
          Objects.requireNonNull(annotations.line(OurAnnotations.NO_DATA)),
          EACH_PART + " is of a ratio of queries, expected it with type prometheus only");
    }
    List<BurnTier> tiers = new ArrayList<>();
    if (policies.isEmpty()) {
      for (BurnTier tier : BurnTier.defaultsFor(period)) {
        addChanged(tier, changes.get(tier.longWindow()), period, target, tiers);
      }
      checkWindows(counted);
      if (!counted) {
        addFurther(period, target, tiers);
      }
    } else {
      policies.stream()
          .filter(PolicyReader.Policy::breaching)
          .map(PolicyReader.Policy::condition)
          .forEach(
              condition -> {
                if (condition != null) {
                  addCondition(condition, period, target, tiers);
                }
              });
      tiers.sort(Comparator.comparing(BurnTier::longWindow));
    }
    return new Alerting(tiers, counted ? minValid : 0, counted ? minBad : 0, noData);
  }

  private void addChanged(
      BurnTier usual,
      TierAnnotation.@Nullable Change change,
      Duration period,
      BigDecimal target,
      List<BurnTier> tiers) {
    if (change == null) {
      BurnTier tier = usual.timed(holdFor, keepFiringFor);
      if (warnOfUsual(tier, period, target)) {
        tiers.add(tier);
      }
      return;
    }
    if (change.off()) {
      return;
    }
    BurnTier tier = tier(usual, change);
    if (!tier.reachable(target, period)) {
      // Whoever changes only the severity of a usual tier has not asked for its burn rate.
      if (isUsual(tier) && tier.budgetShare().compareTo(usual.budgetShare()) == 0) {
        annotations.warning(OurAnnotations.TIERS, unreachable(tier, period));
      } else {
        annotations.error(OurAnnotations.TIERS, unreachable(tier, period));
      }
    } else if (isSlow(tier, period)) {
      annotations.warning(
          OurAnnotations.TIERS, tooSlow(tier, period) + ", expected a larger share");
    }
    tiers.add(tier);
  }

  /** A tier with what {@code change} says, and what {@code usual} says where it is silent. */
  private BurnTier tier(BurnTier usual, TierAnnotation.Change change) {
    return new BurnTier(
        change.share() == null ? usual.budgetShare() : change.share(),
        usual.longWindow(),
        change.shortWindow() == null ? usual.shortWindow() : change.shortWindow(),
        change.severity() == null ? usual.severity() : change.severity(),
        change.holdFor() == null ? holdFor : change.holdFor(),
        change.keepFiringFor() == null ? keepFiringFor : change.keepFiringFor());
  }

  /** Only Prometheus can look through any window; pkgslo keeps a few. */
  private void checkWindows(boolean counted) {
    changes.forEach(
        (window, change) -> {
          boolean kept =
              BurnTier.LONG_WINDOWS.contains(window)
                  && (change.shortWindow() == null
                      || change.shortWindow().equals(window.dividedBy(SHORT_PER_LONG)));
          if (counted && !kept) {
            annotations.error(
                OurAnnotations.TIERS,
                "tier of "
                    + WindowLabel.of(window)
                    + ", expected 1h, 6h, 1d or 3d and a twelfth: pkgslo keeps no other windows");
          } else if (!kept && !BurnTier.LONG_WINDOWS.contains(window) && change.share() == null) {
            annotations.error(
                OurAnnotations.TIERS,
                "tier of " + WindowLabel.of(window) + " without a share, expected such as 5%");
          }
        });
  }

  /** Tiers over windows that are not usual, for sources that can look through any. */
  private void addFurther(Duration period, BigDecimal target, List<BurnTier> tiers) {
    changes.forEach(
        (window, change) -> {
          if (!BurnTier.LONG_WINDOWS.contains(window) && change.share() != null) {
            BurnTier base = BurnTier.of(change.share(), window, Severity.TICKET);
            addChanged(base, change, period, target, tiers);
          }
        });
    tiers.sort(Comparator.comparing(BurnTier::longWindow));
  }

  /** The usual tiers that make sense for the period; those that never fire stay. */
  private boolean warnOfUsual(BurnTier tier, Duration period, BigDecimal target) {
    if (isSlow(tier, period)) {
      slo.warning(tooSlow(tier, period) + " and is left out, expected a longer period");
      return false;
    }
    if (!tier.reachable(target, period)) {
      slo.warning(unreachable(tier, period));
    }
    return true;
  }

  private void addCondition(
      Condition condition, Duration period, BigDecimal target, List<BurnTier> tiers) {
    BigDecimal share =
        condition
            .burnRate()
            .multiply(BigDecimal.valueOf(condition.lookback().toSeconds()))
            .divide(BigDecimal.valueOf(period.toSeconds()), SHARE_DIGITS);
    OpenSloDocument at = condition.document();
    if (share.compareTo(BigDecimal.ONE) > 0) {
      at.error(
          "burn rate "
              + condition.burnRate().toPlainString()
              + " spends more than the whole budget in "
              + WindowLabel.of(condition.lookback())
              + ", expected at most "
              + period.dividedBy(condition.lookback()));
      return;
    }
    BurnTier tier =
        BurnTier.of(share, condition.lookback(), condition.severity())
            .timed(condition.alertAfter(), keepFiringFor);
    if (tiers.stream().anyMatch(other -> other.longWindow().equals(tier.longWindow()))) {
      slo.error(
          "two alert policies look back "
              + WindowLabel.of(tier.longWindow())
              + ", expected each window once");
      return;
    }
    if (!tier.reachable(target, period)) {
      at.error(unreachable(tier, period));
    } else if (isSlow(tier, period)) {
      at.warning(tooSlow(tier, period) + ", expected a higher burn rate");
    }
    tiers.add(tier);
  }

  static boolean isSlow(BurnTier tier, Duration period) {
    return tier.factor(period).compareTo(LEAST_FACTOR) < 0;
  }

  private static boolean isUsual(BurnTier tier) {
    return BurnTier.LONG_WINDOWS.contains(tier.longWindow());
  }

  private static String unreachable(BurnTier tier, Duration period) {
    return name(tier, period) + " can never fire, expected a target nearer to 1 for it";
  }

  private static String tooSlow(BurnTier tier, Duration period) {
    return name(tier, period) + " would fire within the budget";
  }

  private static String name(BurnTier tier, Duration period) {
    return "the tier of "
        + WindowLabel.of(tier.longWindow())
        + " with burn rate "
        + tier.factor(period).toPlainString();
  }

  private Duration hold(String key) {
    String text = annotations.line(key);
    if (text == null) {
      return Duration.ZERO;
    }
    Duration hold = Durations.hold(text);
    if (hold == null) {
      annotations.error(
          key, key + " is " + YamlMap.quote(text) + ", expected " + Durations.EXPECTED_HOLD);
      return Duration.ZERO;
    }
    return hold;
  }

  /** From the annotation, {@code ignore} or {@code SEVERITY [for=D]...}, or from a policy. */
  private @Nullable NoDataAlert noData() {
    String line = annotations.line(OurAnnotations.NO_DATA);
    if (line == null) {
      return policies.stream()
          .filter(PolicyReader.Policy::noData)
          .map(PolicyReader.Policy::condition)
          .filter(condition -> condition != null)
          .findFirst()
          .map(AlertingReader::noDataOf)
          .orElse(null);
    }
    if (line.equals("ignore")) {
      return null;
    }
    Words words = Words.of(line, message -> noDataError(line, message));
    if (words == null) {
      return null;
    }
    String text = words.get("for");
    Duration after = text == null ? NO_DATA_AFTER : Durations.hold(text);
    boolean eachPart = words.bare().size() == 2 && words.bare().get(1).equals(EACH_PART);
    boolean known =
        (words.bare().size() == 1 || eachPart)
            && Severity.isValid(words.bare().get(0))
            && words.unknown(List.of("for")) == null;
    if (!known || after == null || after.isZero()) {
      noDataError(
          line,
          "expected ignore, or a severity and for=, such as ticket for=30m, or ticket "
              + EACH_PART
              + " for=30m");
      return null;
    }
    return new NoDataAlert(new Severity(words.bare().get(0)), after, eachPart);
  }

  private static NoDataAlert noDataOf(Condition condition) {
    return new NoDataAlert(
        condition.severity(),
        condition.alertAfter().isZero() ? NO_DATA_AFTER : condition.alertAfter());
  }

  private void noDataError(String line, String message) {
    annotations.error(
        OurAnnotations.NO_DATA,
        OurAnnotations.NO_DATA + " is " + YamlMap.quote(line) + ": " + message);
  }
}

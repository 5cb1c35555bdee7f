// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.foreign;

import io.pkgslo.alerts.objective.Alerting;
import io.pkgslo.alerts.objective.BurnTier;
import io.pkgslo.alerts.objective.NoDataAlert;
import io.pkgslo.alerts.objective.Severity;
import io.pkgslo.alerts.objective.WindowLabel;
import io.pkgslo.alerts.objective.yaml.YamlMap;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Pyrra's alerts: four burn rates over windows that are parts of 28 days, scaled to the period
 * ({@code slo/rules.go}, Windows), and one for absent metrics.
 */
final class PyrraAlerting {
  private static final long MINUTES_28D = 28 * 24 * 60L;

  /**
   * A tier at 28 days, in minutes.
   *
   * @param key of its severity
   */
  private record Row(
      String key, String severity, long holdFor, long longer, long shorter, int factor) {}

  private static final List<Row> ROWS =
      List.of(
          new Row("fastBurn", "critical", 2, 60, 5, 14),
          new Row("mediumBurn", "critical", 15, 360, 30, 7),
          new Row("slowBurn", "warning", 60, 1_440, 120, 2),
          new Row("longTermBurn", "warning", 180, 5_760, 360, 1));

  private final Conversion conversion;

  PyrraAlerting(Conversion conversion) {
    this.conversion = conversion;
  }

  /**
   * The alerts of one objective.
   *
   * @param indicator that was read before; of native histograms Pyrra tells no absence
   */
  Alerting read(YamlMap spec, Duration window, BigDecimal target, PyrraIndicator indicator) {
    YamlMap alerting =
        conversion.map(
            spec,
            "alerting",
            "disabled",
            "burnrates",
            "absent",
            "name",
            "absentName",
            "severities");
    boolean disabled = alerting != null && Boolean.TRUE.equals(alerting.flag("disabled"));
    boolean burnRates = alerting == null || !Boolean.FALSE.equals(alerting.flag("burnrates"));
    boolean absent = alerting == null || !Boolean.FALSE.equals(alerting.flag("absent"));
    YamlMap severities = null;
    if (alerting != null) {
      for (String key : new String[] {"name", "absentName"}) {
        if (alerting.has(key)) {
          conversion.lose(alerting.at(key), alerting.name(key));
        }
      }
      severities =
          conversion.map(
              alerting,
              "severities",
              "absent",
              "fastBurn",
              "mediumBurn",
              "slowBurn",
              "longTermBurn");
    }
    List<BurnTier> tiers = new ArrayList<>();
    if (burnRates && !disabled) {
      for (Row row : ROWS) {
        addTier(row, severity(severities, row.key(), row.severity()), window, target, spec, tiers);
      }
    }
    NoDataAlert noData = null;
    if (absent && !disabled && !indicator.isNative()) {
      Duration after = absentFor(window, target);
      Severity severity = severity(severities, "absent", "critical");
      noData = new NoDataAlert(severity, after, indicator.hasTwoMetrics());
      conversion.change(
          spec.node(),
          "the alert for an absent metric is one for no data in " + WindowLabel.of(after));
    }
    return new Alerting(tiers, 0, 0, noData);
  }

  /** When the fastest tier would alert in a total outage; at least a minute. */
  private static Duration absentFor(Duration window, BigDecimal target) {
    Row fastest = ROWS.get(0);
    BigDecimal burning =
        BigDecimal.ONE
            .subtract(target)
            .multiply(BigDecimal.valueOf(fastest.factor()))
            .multiply(BigDecimal.valueOf(scaled(fastest.longer(), window).toSeconds()));
    long seconds = burning.longValue() + scaled(fastest.holdFor(), window).toSeconds();
    return Duration.ofMinutes(Math.max(1, (seconds + 30) / 60));
  }

  private void addTier(
      Row row,
      Severity severity,
      Duration window,
      BigDecimal target,
      YamlMap spec,
      List<BurnTier> tiers) {
    Duration longer = scaled(row.longer(), window);
    Duration shorter = scaled(row.shorter(), window);
    Node at = spec.at("window");
    if (shorter.isZero() || shorter.compareTo(longer) >= 0) {
      String window28d = WindowLabel.of(Duration.ofMinutes(row.longer()));
      conversion.lose(
          at, "the tier of " + window28d + " in 4w, whose windows are below a minute here,");
      return;
    }
    BigDecimal share =
        BigDecimal.valueOf(row.factor())
            .multiply(BigDecimal.valueOf(longer.toSeconds()))
            .divide(BigDecimal.valueOf(window.toSeconds()), MathContext.DECIMAL64);
    BurnTier tier =
        new BurnTier(
            share, longer, shorter, severity, scaled(row.holdFor(), window), Duration.ZERO);
    if (tier.reachable(target, window)) {
      tiers.add(tier);
    } else {
      conversion.lose(
          at, "the tier of " + WindowLabel.of(longer) + ", which can never fire with this target,");
    }
  }

  /** A part of the period, to the nearest minute; a half goes up. */
  private static Duration scaled(long minutesOf28d, Duration window) {
    long seconds = window.toSeconds() * minutesOf28d / MINUTES_28D;
    return Duration.ofMinutes((seconds + 30) / 60);
  }

  private Severity severity(@Nullable YamlMap severities, String key, String usual) {
    String text = severities == null || !severities.has(key) ? null : severities.text(key);
    if (severities == null || text == null || text.isEmpty()) {
      return new Severity(usual);
    }
    if (!Severity.isValid(text)) {
      conversion.lose(severities.at(key), severities.name(key));
      return new Severity(usual);
    }
    return new Severity(text);
  }
}

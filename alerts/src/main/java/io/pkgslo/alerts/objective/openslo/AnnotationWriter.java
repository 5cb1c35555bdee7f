// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.openslo;

import io.pkgslo.alerts.objective.BurnTier;
import io.pkgslo.alerts.objective.Exclusion;
import io.pkgslo.alerts.objective.NoDataAlert;
import io.pkgslo.alerts.objective.Slo;
import io.pkgslo.alerts.objective.WindowLabel;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an objective says beyond OpenSLO, as annotations of pkgslo. */
final class AnnotationWriter {
  private AnnotationWriter() {}

  static Map<String, List<String>> of(Slo slo) {
    Map<String, List<String>> all = new LinkedHashMap<>();
    if (slo.notes().owner() != null) {
      all.put(OurAnnotations.OWNER, List.of(slo.notes().owner()));
    }
    if (slo.runbookUrl() != null) {
      all.put(OurAnnotations.RUNBOOK, List.of(slo.runbookUrl()));
    }
    putCount(all, OurAnnotations.MIN_VALID, slo.alerting().minValid());
    putCount(all, OurAnnotations.MIN_BAD, slo.alerting().minBad());
    NoDataAlert noData = slo.alerting().noData();
    if (noData != null) {
      all.put(
          OurAnnotations.NO_DATA,
          List.of(
              noData.severity().label()
                  + (noData.eachPart() ? " " + AlertingReader.EACH_PART : "")
                  + " for="
                  + WindowLabel.of(noData.after())));
    }
    List<String> tiers = tiers(slo);
    if (!tiers.isEmpty()) {
      all.put(OurAnnotations.TIERS, tiers);
    }
    if (!slo.exclusions().isEmpty()) {
      all.put(
          OurAnnotations.EXCLUSIONS,
          slo.exclusions().stream().map(AnnotationWriter::exclusion).toList());
    }
    return all;
  }

  private static void putCount(Map<String, List<String>> all, String key, long count) {
    if (count > 0) {
      all.put(key, List.of(Long.toString(count)));
    }
  }

  /** Only what differs from what is read without the annotation. */
  private static List<String> tiers(Slo slo) {
    List<String> tiers = new ArrayList<>();
    for (BurnTier usual : BurnTier.defaultsFor(slo.period())) {
      BurnTier actual =
          slo.tiers().stream()
              .filter(tier -> tier.longWindow().equals(usual.longWindow()))
              .findFirst()
              .orElse(null);
      String window = WindowLabel.of(usual.longWindow());
      if (actual == null && !AlertingReader.isSlow(usual, slo.period())) {
        tiers.add(window + ": off");
      } else if (actual != null
          && (!actual.equals(usual) || AlertingReader.isSlow(usual, slo.period()))) {
        tiers.add(tier(actual));
      }
    }
    slo.tiers().stream()
        .filter(tier -> !BurnTier.LONG_WINDOWS.contains(tier.longWindow()))
        .forEach(tier -> tiers.add(tier(tier)));
    return tiers;
  }

  private static String tier(BurnTier tier) {
    BigDecimal percent = tier.budgetShare().movePointRight(2);
    boolean usual = tier.shortWindow().multipliedBy(12).equals(tier.longWindow());
    return WindowLabel.of(tier.longWindow())
        + (usual ? "" : "/" + WindowLabel.of(tier.shortWindow()))
        + ": "
        + percent.stripTrailingZeros().toPlainString()
        + "% "
        + tier.severity().label()
        + hold(" for=", tier.holdFor())
        + hold(" keep_firing_for=", tier.keepFiringFor());
  }

  private static String hold(String key, Duration hold) {
    return hold.isZero() ? "" : key + WindowLabel.of(hold);
  }

  private static String exclusion(Exclusion exclusion) {
    if (exclusion instanceof Exclusion.Once once) {
      return "start="
          + once.start()
          + " end="
          + once.end()
          + " who="
          + Words.quoted(once.who())
          + " why="
          + Words.quoted(once.reason());
    }
    if (exclusion instanceof Exclusion.Recurring recurring) {
      return "rrule="
          + Words.quoted(recurring.rule())
          + " start="
          + recurring.start()
          + " zone="
          + recurring.zone().getId()
          + " length="
          + WindowLabel.of(recurring.length())
          + " why="
          + Words.quoted(recurring.reason())
          + (recurring.who() == null ? "" : " who=" + Words.quoted(recurring.who()));
    }
    throw new IllegalStateException("unknown exclusion " + exclusion);
  }
}

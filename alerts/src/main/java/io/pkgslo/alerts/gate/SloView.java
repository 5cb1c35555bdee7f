// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.pkgslo.model.wire.BurnRate;
import io.pkgslo.model.wire.Objective;
import io.pkgslo.model.wire.SloState;
import io.pkgslo.model.wire.SubjectState;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An objective and how every package that it applies to stands.
 *
 * @param target share of good events, as written
 * @param thresholdSeconds of latencies; absent for other SLIs
 * @param exclusions time that does not count, as asked for and as left out; absent without any
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SloView(
    String id,
    String name,
    String sli,
    String target,
    long periodSeconds,
    @Nullable Double thresholdSeconds,
    @Nullable List<ExclusionView> exclusions,
    List<SubjectSlo> subjects) {

  private static final double NANOS_PER_SECOND = 1e9;

  static SloView of(
      Objective objective, List<SubjectState> subjects, Predicate<SubjectState> wanted) {
    List<SubjectSlo> applied = new ArrayList<>();
    for (SubjectState subject : subjects) {
      for (SloState slo : subject.getSloList()) {
        if (slo.getSlo().equals(objective.getId()) && wanted.test(subject)) {
          applied.add(SubjectSlo.of(subject, slo));
        }
      }
    }
    return new SloView(
        objective.getId(),
        objective.getDisplayName(),
        objective.getSli().name().toLowerCase(Locale.ROOT).replace('_', '-'),
        objective.getTarget(),
        objective.getPeriodSeconds(),
        objective.getThresholdNanos() == 0
            ? null
            : objective.getThresholdNanos() / NANOS_PER_SECOND,
        ExclusionView.of(objective),
        applied);
  }

  /**
   * One objective for one package.
   *
   * @param labels what tells it from other series of the objective for the package; absent without
   * @param valid events in the period; 0 with 0 bad ones means no data
   * @param budgetRemaining absent without data
   * @param burnRates by window; empty without data
   * @param exposure {@code service} where the package has no calls of its own, else {@code package}
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record SubjectSlo(
      String slo,
      String service,
      String version,
      @JsonProperty("package") String goPackage,
      @Nullable Map<String, String> labels,
      BigDecimal valid,
      BigDecimal bad,
      boolean noData,
      @Nullable Double budgetRemaining,
      @Nullable Double secondsToExhaustion,
      Map<String, Double> burnRates,
      boolean degraded,
      String exposure) {

    static SubjectSlo of(SubjectState subject, SloState slo) {
      Map<String, Double> burnRates = new LinkedHashMap<>();
      for (BurnRate rate : slo.getBurnRateList()) {
        burnRates.put(rate.getWindow(), rate.getBurnRate());
      }
      return new SubjectSlo(
          slo.getSlo(),
          subject.getService(),
          subject.getVersion(),
          subject.getPackage(),
          labels(slo),
          PackageView.items(slo.getValid()),
          PackageView.items(slo.getBad()),
          slo.getValid() == 0 && slo.getBad() == 0,
          slo.hasBudgetRemaining() ? slo.getBudgetRemaining() : null,
          slo.hasSecondsToExhaustion() ? slo.getSecondsToExhaustion() : null,
          burnRates,
          slo.getDegraded(),
          slo.getExposureService() ? "service" : "package");
    }

    private static @Nullable Map<String, String> labels(SloState slo) {
      Map<String, String> labels = new LinkedHashMap<>();
      for (int i = 0; i < slo.getLabelNameCount(); i++) {
        labels.put(slo.getLabelName(i), slo.getLabelValue(i));
      }
      return labels.isEmpty() ? null : labels;
    }
  }
}

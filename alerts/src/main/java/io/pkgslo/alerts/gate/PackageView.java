// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.pkgslo.model.FixedPoint;
import io.pkgslo.model.wire.SloState;
import io.pkgslo.model.wire.SubjectState;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One package of one version of one service.
 *
 * @param calls adjusted counts since the package was first seen; likewise the other counts
 * @param ownErrors failed calls that no failed call below them explains; spans, not adjusted
 * @param panicsPer10k over the sliding hour; absent without calls in it
 * @param initP95Seconds over the period of the objective; absent without inits in it
 * @param budgetRemaining the least remaining share of its error budgets, may be negative; absent
 *     while no objective has data
 * @param callers who called it within the last hour; absent where nobody did
 * @param logs absent without any log record
 * @param lostContext spans that lost their context; absent where none did
 * @param weightUnknown some spans did not say how many calls they stand for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PackageView(
    String service,
    String version,
    @JsonProperty("package") String goPackage,
    BigDecimal calls,
    BigDecimal errors,
    long ownErrors,
    BigDecimal panics,
    long panicEpisodes,
    long inits,
    long initFailures,
    BigDecimal apiCalls,
    BigDecimal apiErrors,
    @Nullable Double panicsPer10k,
    @Nullable Double initP95Seconds,
    @Nullable Double budgetRemaining,
    boolean weightUnknown,
    Instant lastSeen,
    List<SloView.SubjectSlo> slos,
    @Nullable List<CallerView> callers,
    @Nullable LogsView logs,
    @Nullable List<LostContextView> lostContext) {

  static PackageView of(SubjectState state) {
    return new PackageView(
        state.getService(),
        state.getVersion(),
        state.getPackage(),
        items(state.getCalls()),
        items(state.getErrors()),
        state.getOwnErrors(),
        items(state.getPanics()),
        state.getPanicEpisodes(),
        state.getInits(),
        state.getInitFailures(),
        items(state.getApiCalls()),
        items(state.getApiErrors()),
        state.hasPanicsPer10KCalls() ? state.getPanicsPer10KCalls() : null,
        state.hasInitP95Seconds() ? state.getInitP95Seconds() : null,
        leastRemaining(state.getSloList()),
        state.getWeightUnknown(),
        Instant.ofEpochMilli(state.getLastSeenEpochMillis()),
        state.getSloList().stream().map(slo -> SloView.SubjectSlo.of(state, slo)).toList(),
        CallerView.of(state),
        LogsView.of(state),
        LostContextView.of(state));
  }

  private static @Nullable Double leastRemaining(List<SloState> slos) {
    return slos.stream()
        .filter(SloState::hasBudgetRemaining)
        .map(SloState::getBudgetRemaining)
        .min(Double::compare)
        .orElse(null);
  }

  /** Exact, and without a fraction where the weights were whole. */
  static BigDecimal items(long units) {
    BigDecimal exact = BigDecimal.valueOf(units).divide(BigDecimal.valueOf(FixedPoint.ONE));
    BigDecimal stripped = exact.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.analyzer.window.SubjectKey;
import io.pkgslo.analyzer.window.Sums;
import io.pkgslo.analyzer.window.Window;
import io.pkgslo.analyzer.window.WindowedSums;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One subject at one moment; what budgets and expositions are made from.
 *
 * @param lastHour weighted calls (valid) and panics (bad) over the sliding hour
 * @param callQuantiles over the last hour; null without calls in it
 * @param initQuantiles over the compliance period; null without inits in it
 * @param surroundings what is known besides its own calls
 * @param runtime of the processes of a service; null for a package
 * @param exemplars at most one per duration bucket of calls
 */
public record SubjectSnapshot(
    SubjectKey key,
    CountSnapshot counts,
    Sums lastHour,
    @Nullable Quantiles callQuantiles,
    @Nullable Quantiles initQuantiles,
    List<SloSnapshot> slos,
    SurroundingsSnapshot surroundings,
    @Nullable RuntimeSnapshot runtime,
    List<Exemplar> exemplars) {
  public SubjectSnapshot {
    slos = List.copyOf(slos);
    exemplars = exemplars instanceof Exemplars.Snapshot ? exemplars : List.copyOf(exemplars);
  }

  /**
   * @param service gives the exposure of the subject's service and version; null when there is none
   * @param nowMillis event time at which objectives are in force
   */
  static SubjectSnapshot of(
      SubjectLedger ledger, Supplier<@Nullable SubjectLedger> service, long nowMillis) {
    List<SloSnapshot> slos = new ArrayList<>(ledger.series.size());
    for (SloSeries series : ledger.series) {
      SloSnapshot slo = slo(series, service, nowMillis);
      if (slo != null) {
        slos.add(slo);
      }
    }
    return new SubjectSnapshot(
        ledger.key,
        CountSnapshot.of(ledger.totals),
        ledger.traffic.over(Window.HOUR),
        Quantiles.of(ledger.callSketch.total()),
        Quantiles.of(ledger.initSketch.total()),
        slos,
        ledger.surroundings == null ? SurroundingsSnapshot.NONE : ledger.surroundings.snapshot(),
        ledger.runtime == null ? null : ledger.runtime.snapshot(),
        ledger.exemplars.snapshot());
  }

  /** Null when the objective is not in force, or is one for everything that has no event here. */
  private static @Nullable SloSnapshot slo(
      SloSeries series, Supplier<@Nullable SubjectLedger> service, long nowMillis) {
    ObjectiveVersion objective = series.inForce(nowMillis);
    if (objective == null
        || !hasWindows(series.sums(), objective)
        || (!series.hasEvents()
            && !objective.namesItsSubjects()
            && objective.sli() != Sli.PANIC_RATE)) {
      return null;
    }
    Sums period = series.sums().over(objective.period());
    SubjectLedger exposed =
        objective.sli() == Sli.PANIC_RATE
                && !objective.budgeting().inSlices()
                && period.valid() == 0
                && period.bad() > 0
            ? service.get()
            : null;
    DurationTally durations = series.durations();
    return new SloSnapshot(
        objective,
        series.validTotal(),
        series.badTotal(),
        exposed == null ? windows(series, objective) : exposedWindows(series, objective, exposed),
        exposed != null,
        series.labels(),
        durations == null ? null : durations.snapshot());
  }

  private static List<Sums> windows(SloSeries series, ObjectiveVersion objective) {
    return series.sums().windows().equals(objective.windows())
        ? series.sums().overAll()
        : objective.windows().stream().map(series.sums()::over).toList();
  }

  private static List<Sums> exposedWindows(
      SloSeries series, ObjectiveVersion objective, SubjectLedger service) {
    List<Sums> windows = new ArrayList<>();
    for (Window window : objective.windows()) {
      long bad = series.sums().over(window).bad();
      windows.add(new Sums(exposure(service, window, series), bad));
    }
    return windows;
  }

  /** More than its own while another version is still to come. */
  private static boolean hasWindows(WindowedSums sums, ObjectiveVersion objective) {
    return sums.windows().equals(objective.windows())
        || sums.windows().containsAll(objective.windows());
  }

  /** API calls of the service, as far as the objective counts their time. */
  private static long exposure(SubjectLedger service, Window window, SloSeries series) {
    return service.traffic.overWithout(window, series.sums().excluded()).valid();
  }
}

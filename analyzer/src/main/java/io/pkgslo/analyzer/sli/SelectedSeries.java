// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.analyzer.window.SubjectKey;
import io.pkgslo.analyzer.window.Sums;
import io.pkgslo.model.wire.SelectedCount;
import io.pkgslo.model.wire.SelectedPoint;
import io.pkgslo.model.wire.Selection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Mutable, single-threaded: finds the series of a subject that events of selectors count in. An
 * event counts for an objective when the version that is in force at its time has the selector that
 * took it. Series with labels begin with their first event, as many as there is room for; the rest
 * counts in one.
 */
final class SelectedSeries {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final SubjectKey subject;
  private final List<SloSeries> series;
  private final SloSeries.Touched touched;
  private final SelectedCounters counters = new SelectedCounters();
  private List<ObjectiveHistory> histories = List.of();
  private long closedMillis;

  /**
   * @param series of the subject; those that events begin are added
   */
  SelectedSeries(SubjectKey subject, List<SloSeries> series, SloSeries.Touched touched) {
    this.subject = subject;
    this.series = series;
    this.touched = touched;
  }

  SelectedCounters counters() {
    return counters;
  }

  /** Takes the objectives that apply now. */
  void bind(List<ObjectiveHistory> matching, long nowClosedMillis) {
    closedMillis = nowClosedMillis;
    histories =
        matching.stream()
            .filter(history -> history.versions().stream().anyMatch(v -> v.selectorId() != 0))
            .toList();
  }

  /** Adds items that are the same to a selector. */
  void add(Selection selection, SelectedCount items, long epochMillis, Fold fold) {
    long weight = items.getWeight();
    for (ObjectiveHistory history : histories) {
      ObjectiveVersion version = judging(history, selection, epochMillis);
      if (version != null) {
        seriesOf(history, version, selection, items.getCount(), fold)
            .addSelected(epochMillis, weight, selection.getBad() ? weight : 0, fold);
      }
    }
  }

  /** Adds what a counter has increased by. */
  void add(SelectedPoint point, long epochMillis, Fold fold) {
    for (SelectedPoint.Amount amount : point.getAmountList()) {
      if (!isKnown(amount.getSelection())) {
        continue;
      }
      SelectedCounters.Increase increase = counters.add(point, amount, fold.drops());
      if (increase != null) {
        add(amount.getSelection(), increase, epochMillis, fold);
      }
    }
  }

  private void add(
      Selection selection, SelectedCounters.Increase increase, long epochMillis, Fold fold) {
    for (ObjectiveHistory history : histories) {
      ObjectiveVersion version = judging(history, selection, epochMillis);
      if (version != null && counts(increase, history, selection)) {
        Sums sums = increase.sums();
        seriesOf(history, version, selection, 1, fold)
            .addSelected(epochMillis, sums.valid(), sums.bad(), fold);
      }
    }
  }

  /**
   * A series that is new counts as a whole when it began under the objective, and is else where
   * counting begins: what it counted before is not the objective's.
   */
  private static boolean counts(
      SelectedCounters.Increase increase, ObjectiveHistory history, Selection selection) {
    Long since = increase.sinceNanos();
    if (since == null) {
      return true;
    }
    long effective =
        history.versions().stream()
            .filter(version -> version.selectorId() == selection.getSelector())
            .mapToLong(ObjectiveVersion::effectiveFromMillis)
            .min()
            .orElse(Long.MAX_VALUE);
    return since != 0 && since / NANOS_PER_MILLI >= effective;
  }

  private boolean isKnown(Selection selection) {
    for (ObjectiveHistory history : histories) {
      for (ObjectiveVersion version : history.versions()) {
        if (version.selectorId() == selection.getSelector()) {
          return true;
        }
      }
    }
    return false;
  }

  private @Nullable ObjectiveVersion judging(
      ObjectiveHistory history, Selection selection, long epochMillis) {
    ObjectiveVersion version = history.at(epochMillis);
    return version != null
            && version.selectorId() == selection.getSelector()
            && version.labelNames().size() == selection.getLabelCount()
            && version.matches(subject)
        ? version
        : null;
  }

  private SloSeries seriesOf(
      ObjectiveHistory history,
      ObjectiveVersion version,
      Selection selection,
      long items,
      Fold fold) {
    SeriesLabels labels = new SeriesLabels(version.labelNames(), selection.getLabelList());
    SloSeries known = find(history.id(), labels);
    if (known != null) {
      return known;
    }
    if (!labels.isEmpty() && count(history.id(), labels.names()) >= fold.labelSets()) {
      fold.drops().dropped(SliDrop.LABEL_LIMIT, items, history.id() + " " + labels.values());
      labels = SeriesLabels.other(labels.names());
      known = find(history.id(), labels);
    }
    return known == null ? begin(history, labels, fold) : known;
  }

  private SloSeries begin(ObjectiveHistory history, SeriesLabels labels, Fold fold) {
    // In a replay the subject is further than the block.
    long closed = Math.max(closedMillis, fold.closedMillis());
    SloSeries begun = new SloSeries(history, labels, subject, closed, touched);
    series.add(begun);
    return begun;
  }

  private @Nullable SloSeries find(String objective, SeriesLabels labels) {
    for (SloSeries one : series) {
      if (one.id().equals(objective) && one.labels().equals(labels)) {
        return one;
      }
    }
    return null;
  }

  private long count(String objective, List<String> names) {
    return series.stream()
        .filter(one -> one.id().equals(objective))
        .filter(one -> one.labels().names().equals(names) && !one.labels().isOther())
        .count();
  }
}

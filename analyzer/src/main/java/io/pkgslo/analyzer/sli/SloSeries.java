// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.analyzer.window.ProgressTracker;
import io.pkgslo.analyzer.window.SubjectKey;
import io.pkgslo.analyzer.window.TimeInterval;
import io.pkgslo.analyzer.window.Window;
import io.pkgslo.analyzer.window.WindowedSums;
import io.pkgslo.model.FixedPoint;
import io.pkgslo.model.SpanTraits;
import io.pkgslo.model.wire.CallCount;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Mutable, single-threaded: what one objective counts of one subject, events or slices of time.
 * Each event is judged by the version that was valid at its time, so a replay counts the same.
 *
 * <p>A series without an objective sleeps: its sums stay until they expire, in case the objective
 * comes back.
 */
final class SloSeries {
  private final String id;
  private final SeriesLabels labels;

  private static final ObjectiveVersion[] NO_VERSIONS = {};

  /** By identity: each event asks, and a version is a dozen fields. Nearly always one. */
  private ObjectiveVersion[] matching = NO_VERSIONS;

  private final TimeSlices slices;
  private @Nullable ObjectiveHistory history;
  private WindowedSums sums;
  private long validTotal;
  private long badTotal;

  /** Null while the objective asks for none. */
  private @Nullable DurationTally durations;

  /** Slices were judged, and windows got amounts at these times. */
  private final Touched touched;

  /** Is told the times whose buckets changed. */
  @FunctionalInterface
  interface Touched {
    void bucket(long epochMillis);
  }

  /** A series without an objective, as it is read back. */
  SloSeries(String id, SeriesLabels labels, SeriesState state, Touched touched) {
    this.id = id;
    this.labels = labels;
    this.sums = state.sums();
    this.slices = state.slices();
    this.validTotal = state.validTotal();
    this.badTotal = state.badTotal();
    this.durations = state.durations();
    this.touched = touched;
  }

  /**
   * What is kept of a series.
   *
   * @param validTotal ever, in units of 2^-20; likewise {@code badTotal}
   */
  record SeriesState(
      WindowedSums sums,
      TimeSlices slices,
      long validTotal,
      long badTotal,
      @Nullable DurationTally durations) {}

  /** An empty series of an objective. */
  SloSeries(
      ObjectiveHistory history,
      SeriesLabels labels,
      SubjectKey subject,
      long closedMillis,
      Touched touched) {
    this(
        history.id(),
        labels,
        new SeriesState(
            new WindowedSums(history.windowsSince(closedMillis)), new TimeSlices(), 0, 0, null),
        touched);
    sums.advance(closedMillis);
    bind(history, subject, closedMillis);
  }

  /** Takes the present versions of the objective; null when there is none any more. */
  void bind(@Nullable ObjectiveHistory present, SubjectKey subject, long closedMillis) {
    history = present != null && present.tellsApartBy(labels.names()) ? present : null;
    if (history == null) {
      matching = NO_VERSIONS;
      return;
    }
    matching =
        history.versions().stream()
            .filter(version -> version.matches(subject) && version.tellsApartBy(labels.names()))
            .toArray(ObjectiveVersion[]::new);
    ObjectiveVersion latest = history.latest();
    // Those of the present version too: the next one may be valid only later.
    List<Window> windows = history.windowsSince(closedMillis);
    if (!windows.equals(sums.windows())) {
      sums = sums.withWindows(windows, touched::bucket);
    }
    List<TimeInterval> excluded = latest.excludedIntervals();
    sums.exclude(excluded);
    bind(latest.durations());
  }

  private void bind(DurationBounds bounds) {
    if (bounds.isEmpty()) {
      durations = null;
    } else if (durations == null || !durations.hasBounds(bounds.all())) {
      durations = new DurationTally(bounds.all());
    }
  }

  /**
   * Where an event of {@code version} is to be counted besides. Null for none, which includes a
   * version before the one that has these bounds, so that a replay counts the same.
   */
  private @Nullable DurationTally durationsOf(ObjectiveVersion version, long epochMillis) {
    return durations != null
            && durations.hasBounds(version.durations().all())
            && !version.excludes(epochMillis)
        ? durations
        : null;
  }

  void add(CallCount call, long epochMillis, Fold fold) {
    ObjectiveVersion version = judging(epochMillis);
    // A selector has chosen among them where they had attributes.
    if (version == null || version.selectorId() != 0 || !version.calls().counts(call)) {
      return;
    }
    long weight = call.getWeight();
    switch (version.sli()) {
      case PANIC_RATE -> count(version, epochMillis, weight, 0, fold);
      case AVAILABILITY -> {
        boolean failed = call.getStatus() == SpanTraits.STATUS_ERROR;
        count(version, epochMillis, weight, failed ? weight : 0, fold);
      }
      case LATENCY -> {
        long slow = SlowCalls.weight(call, version.thresholdNanos(), fold.thresholdNanos());
        count(version, epochMillis, weight, slow, fold);
        DurationTally tally = durationsOf(version, epochMillis);
        if (tally != null) {
          tally.add(call, epochMillis, fold.thresholdNanos());
        }
      }
      case INIT_LATENCY, RUNTIME, LOG, METRIC -> {
        // Calls are not what they count.
      }
    }
  }

  void addPanic(long weight, long epochMillis, Fold fold) {
    ObjectiveVersion version = judging(epochMillis);
    if (version != null && version.sli() == Sli.PANIC_RATE) {
      count(version, epochMillis, 0, weight, fold);
    }
  }

  void addInit(long durationNanos, long epochMillis, Fold fold) {
    ObjectiveVersion version = judging(epochMillis);
    if (version != null && version.sli() == Sli.INIT_LATENCY) {
      boolean slow = durationNanos > version.thresholdNanos();
      count(version, epochMillis, FixedPoint.ONE, slow ? FixedPoint.ONE : 0, fold);
      DurationTally tally = durationsOf(version, epochMillis);
      if (tally != null) {
        tally.add(durationNanos);
      }
    }
  }

  /** Events that a selector took for the version in force at their time. */
  void addSelected(long epochMillis, long valid, long bad, Fold fold) {
    ObjectiveVersion version = judging(epochMillis);
    if (version != null) {
      count(version, epochMillis, valid, bad, fold);
    }
  }

  /** A slice of a process's runtime metric. */
  void addRuntimeSlice(boolean bad, long epochMillis) {
    ObjectiveVersion version = judging(epochMillis);
    if (version != null && version.sli() == Sli.RUNTIME) {
      countEvents(version, epochMillis, FixedPoint.ONE, bad ? FixedPoint.ONE : 0);
      touched.bucket(epochMillis);
    }
  }

  private @Nullable ObjectiveVersion judging(long epochMillis) {
    ObjectiveVersion version = history == null ? null : history.at(epochMillis);
    return version != null && isMatching(version) ? version : null;
  }

  @SuppressWarnings("ReferenceEquality")
  private boolean isMatching(ObjectiveVersion version) {
    for (ObjectiveVersion one : matching) {
      if (one == version) {
        return true;
      }
    }
    return false;
  }

  private @Nullable ObjectiveVersion judgingSlice(long startMillis, long lengthMillis) {
    ObjectiveVersion version = history == null ? null : history.ofSlice(startMillis, lengthMillis);
    return version != null && isMatching(version) ? version : null;
  }

  private void count(ObjectiveVersion version, long epochMillis, long valid, long bad, Fold fold) {
    if (version.budgeting().inSlices()) {
      judge(fold.closedMillis(), fold.lateMillis());
      slices.add(version, epochMillis, valid, bad, fold, this::judgingSlice, this::countSlice);
    } else {
      countEvents(version, epochMillis, valid, bad);
    }
  }

  private void countEvents(ObjectiveVersion version, long epochMillis, long valid, long bad) {
    if (!version.excludes(epochMillis)) {
      validTotal = FixedPoint.addToTotal(validTotal, valid);
      badTotal = FixedPoint.addToTotal(badTotal, bad);
    }
    // Windows hide excluded buckets by themselves, and show them again when they are let in.
    sums.add(epochMillis, valid, bad);
  }

  private void countSlice(long atMillis, long valid, long bad, long totalBad) {
    ObjectiveVersion version = history == null ? null : history.latest();
    if (version == null || version.excludedIntervals().stream().noneMatch(i -> i.has(atMillis))) {
      validTotal += Math.max(0, valid);
      badTotal += totalBad;
    }
    sums.add(atMillis, valid, bad);
    touched.bucket(atMillis);
  }

  /** Judges the slices that are closed; returns whether there were any. */
  boolean judge(long closedMillis, long lateMillis) {
    return closedMillis != ProgressTracker.UNKNOWN
        && slices.judge(closedMillis, lateMillis, this::judgingSlice, this::countSlice);
  }

  /** The version in force at {@code epochMillis}; null when none applies to the subject. */
  @Nullable ObjectiveVersion inForce(long epochMillis) {
    return judging(epochMillis);
  }

  /** True when it has counted anything, ever. */
  boolean hasEvents() {
    return validTotal != 0 || badTotal != 0 || !slices.isEmpty();
  }

  boolean sleeps() {
    return history == null;
  }

  boolean isEmpty() {
    return sums.isEmpty() && slices.isEmpty();
  }

  /** Of the objective. */
  String id() {
    return id;
  }

  SeriesLabels labels() {
    return labels;
  }

  /** Names it among the series of its subject. */
  String key() {
    return labels.keyOf(id);
  }

  WindowedSums sums() {
    return sums;
  }

  TimeSlices slices() {
    return slices;
  }

  /** Null while the objective asks for none. */
  @Nullable DurationTally durations() {
    return durations;
  }

  long validTotal() {
    return validTotal;
  }

  long badTotal() {
    return badTotal;
  }
}

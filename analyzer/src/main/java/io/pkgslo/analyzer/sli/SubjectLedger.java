// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.analyzer.window.ProgressTracker;
import io.pkgslo.analyzer.window.SketchSeries;
import io.pkgslo.analyzer.window.SubjectKey;
import io.pkgslo.analyzer.window.Window;
import io.pkgslo.analyzer.window.WindowedSums;
import io.pkgslo.model.LogLinear;
import io.pkgslo.model.wire.CallCount;
import io.pkgslo.model.wire.InitTime;
import io.pkgslo.model.wire.PanicCount;
import io.pkgslo.model.wire.SelectedCount;
import io.pkgslo.model.wire.SelectedPoint;
import io.pkgslo.model.wire.Selection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Mutable, single-threaded: everything that is kept of one subject. The subject {@code (service)}
 * of a service and version keeps the exposure for packages without calls of their own: there {@link
 * #traffic} is the API calls of the whole service.
 */
final class SubjectLedger {
  /** Package name under which the API calls of a whole service come to every partition. */
  static final String SERVICE = "(service)";

  /** Package name of what is known of the Go runtime of a service's processes. */
  static final String RUNTIME = "(runtime)";

  /** What an exposure keeps until the objectives say less. */
  private static final List<Window> LONGEST = Window.ofPeriod(Window.LONGEST_SECONDS);

  private static final long CALL_QUANTILE_SECONDS = 3_600;
  private static final long INIT_QUANTILE_SECONDS = 7 * 86_400;

  final int id;
  final SubjectKey key;
  final Totals totals = new Totals();
  final List<SloSeries> series = new ArrayList<>(3);
  final SelectedSeries selected;
  final SketchSeries callSketch = new SketchSeries(CALL_QUANTILE_SECONDS);
  final SketchSeries initSketch = new SketchSeries(INIT_QUANTILE_SECONDS);
  final Map<String, ArmLedger> arms = new TreeMap<>();
  final Exemplars exemplars = new Exemplars();
  final Changes changes = new Changes();

  /** Null while there is nothing of it. */
  @Nullable Surroundings surroundings;

  /** Null for a package. */
  @Nullable RuntimeLedger runtime;

  /** Calls and panics over an hour, whatever the objectives; in units of 2^-20. */
  WindowedSums traffic;

  /** As somebody was told of it last; null since it has changed. */
  @Nullable SubjectSnapshot told;

  /** Who has not been told that it changed: a bit for each {@link NewsBox}. */
  int untold;

  /** Input blocks up to this number are in the durable records. */
  long storedSequence = -1;

  /** Subjects that may be exposed to this service's API calls, when this is a {@link #SERVICE}. */
  final List<SubjectLedger> exposed = new ArrayList<>(0);

  boolean registeredAsExposed;

  SubjectLedger(int id, SubjectKey key) {
    this.id = id;
    this.key = key;
    this.selected = new SelectedSeries(key, series, changes::bucket);
    this.traffic = new WindowedSums(isService() ? LONGEST : List.of(Window.HOUR));
  }

  boolean isService() {
    return key.goPackage().equals(SERVICE);
  }

  /** Takes the objectives that apply now. Series of others sleep, or go once they are empty. */
  void bind(ObjectiveSet objectives, long closedMillis) {
    if (isService()) {
      List<Window> windows = objectives.allWindows();
      if (!windows.equals(traffic.windows())) {
        traffic = traffic.withWindows(windows, changes::bucket);
      }
      return;
    }
    List<ObjectiveHistory> matching = objectives.matching(key);
    Map<String, ObjectiveHistory> byId = new TreeMap<>();
    matching.forEach(history -> byId.put(history.id(), history));
    Set<String> there = new HashSet<>();
    for (SloSeries one : series) {
      one.bind(byId.get(one.id()), key, closedMillis);
      there.add(one.key());
    }
    for (ObjectiveHistory history : byId.values()) {
      // Series with labels begin with their first event.
      if (history.tellsApartBy(List.of()) && !there.contains(history.id())) {
        series.add(new SloSeries(history, SeriesLabels.NONE, key, closedMillis, changes::bucket));
      }
    }
    selected.bind(matching, closedMillis);
    initSketch.setWindow(initQuantileSeconds(matching));
  }

  /** The period of the first objective for init latency: its percentile is shown over it. */
  private static long initQuantileSeconds(List<ObjectiveHistory> matching) {
    return matching.stream()
        .map(ObjectiveHistory::latest)
        .filter(version -> version.sli() == Sli.INIT_LATENCY)
        .mapToLong(version -> version.period().seconds())
        .findFirst()
        .orElse(INIT_QUANTILE_SECONDS);
  }

  void add(CallCount call, long epochMillis, Fold fold) {
    totals.add(call, epochMillis);
    traffic.add(epochMillis, call.getWeight(), 0);
    for (SloSeries one : series) {
      one.add(call, epochMillis, fold);
    }
    int buckets = Math.min(call.getSketchIndexCount(), call.getSketchCountCount());
    noteSketch(
        false, callSketch.add(epochMillis, buckets, call::getSketchIndex, call::getSketchCount));
    if (!call.getExampleTraceId().isEmpty()) {
      exemplars.set(call.getExampleTraceId(), call.getExampleDurationNanos(), epochMillis);
    }
    changes.bucket(epochMillis);
  }

  /** Items that are the same to a selector of objectives. */
  void add(Selection selection, SelectedCount count, long epochMillis, Fold fold) {
    selected.add(selection, count, epochMillis, fold);
    changes.bucket(epochMillis);
  }

  /** A point of a counter that objectives select. */
  void add(SelectedPoint point, long epochMillis, Fold fold) {
    selected.add(point, epochMillis, fold);
    changes.bucket(epochMillis);
  }

  /**
   * Lets go of what nothing can add to any more: series with labels that count nothing in any
   * window, and silent counters. To be called when the subject is stored and at no other time, so
   * that a replay finds what was there.
   */
  void tidy(Consumer<SelectedCounters.Key> deleteCounter) {
    series.removeIf(one -> !one.labels().isEmpty() && one.isEmpty());
    selected.counters().forget(deleteCounter);
  }

  /** Notes that there was something, of which the calls have counted. */
  void seen(long epochMillis) {
    totals.lastSeenMillis = Math.max(totals.lastSeenMillis, epochMillis);
  }

  /** Only for a {@link #SERVICE}: API calls of the service. */
  void addServiceCalls(long weight, long epochMillis) {
    traffic.add(epochMillis, weight, 0);
    totals.lastSeenMillis = Math.max(totals.lastSeenMillis, epochMillis);
    changes.bucket(epochMillis);
  }

  void add(PanicCount panic, long epochMillis, Fold fold) {
    totals.add(panic, epochMillis);
    if (panic.getInitFailure()) {
      return;
    }
    traffic.add(epochMillis, 0, panic.getWeight());
    for (SloSeries one : series) {
      one.addPanic(panic.getWeight(), epochMillis, fold);
    }
    changes.bucket(epochMillis);
  }

  void add(InitTime init, long epochMillis, Fold fold) {
    totals.addInit(init.getDurationNanos(), epochMillis);
    for (SloSeries one : series) {
      one.addInit(init.getDurationNanos(), epochMillis, fold);
    }
    noteSketch(true, initSketch.add(epochMillis, LogLinear.indexOf(init.getDurationNanos()), 1));
    changes.bucket(epochMillis);
  }

  private void noteSketch(boolean inits, long startMillis) {
    if (startMillis != Long.MIN_VALUE) {
      changes.sketch(inits, startMillis);
    }
  }

  /**
   * Judges what is judged, and forgets what is forgotten, once time has passed it. Not a part of
   * {@link #advance}: blocks that are replayed must find what was open when they came.
   *
   * @return whether anything changed
   */
  boolean judge(long closedMillis, long lateMillis) {
    boolean judged = false;
    for (SloSeries one : series) {
      judged |= one.judge(closedMillis, lateMillis);
    }
    if (closedMillis == ProgressTracker.UNKNOWN) {
      return judged;
    }
    if (runtime != null) {
      judged |= runtime.judge(closedMillis, series);
      judged |= runtime.advance(closedMillis);
    }
    if (surroundings != null) {
      judged |= surroundings.advance(closedMillis);
    }
    return judged;
  }

  /**
   * Moves time on.
   *
   * @return whether anything that is shown changed
   */
  boolean advance(long closedMillis) {
    boolean changed = traffic.advance(closedMillis);
    for (SloSeries one : series) {
      changed |= one.sums().advance(closedMillis);
    }
    series.removeIf(one -> one.sleeps() && one.isEmpty());
    changed |= advance(false, callSketch, closedMillis);
    changed |= advance(true, initSketch, closedMillis);
    return changed;
  }

  private boolean advance(boolean inits, SketchSeries sketches, long closedMillis) {
    List<Long> touched = sketches.advance(closedMillis);
    touched.forEach(start -> changes.sketch(inits, start));
    return !touched.isEmpty();
  }

  /** The Go runtimes; only of the subject {@link #RUNTIME}. */
  RuntimeLedger runtime() {
    if (runtime == null) {
      runtime = new RuntimeLedger();
    }
    return runtime;
  }

  Surroundings surroundings() {
    if (surroundings == null) {
      surroundings = new Surroundings();
    }
    return surroundings;
  }

  ArmLedger arm(String name) {
    return arms.computeIfAbsent(name, n -> new ArmLedger());
  }
}

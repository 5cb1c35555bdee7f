// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pkgslo.analyzer.window.Sums;
import io.pkgslo.analyzer.window.Window;
import io.pkgslo.model.FixedPoint;
import io.pkgslo.model.SelectorId;
import io.pkgslo.model.wire.Objective;
import io.pkgslo.model.wire.ObservationBlock;
import io.pkgslo.model.wire.SelectedPoint;
import io.pkgslo.model.wire.Selection;
import io.pkgslo.model.wire.Selector;
import io.pkgslo.model.wire.SelectorLabel;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Events that selectors took: in the right series, once, over restarts and changes. */
class SelectedTest {
  /** 2026-11-20T12:00:00Z. */
  private static final long NOON = 1_795_176_000_000L;

  private static final long SECOND = 1_000;
  private static final long MINUTE = 60_000;
  private static final long HOUR = 3_600_000;
  private static final long DAY = 86_400_000;
  private static final String CART = "github.com/acme/shop/pkg/cart";

  private final MemoryMap map = new MemoryMap();
  private final Map<SliDrop, Long> dropped = new EnumMap<>(SliDrop.class);
  private final SliOutput out = new TestStage.Ignoring();
  private ObjectiveSet objectives = ObjectiveSet.EMPTY;

  private SliStage stage() {
    return stage(map, 3);
  }

  private SliStage stage(MemoryMap kept, int labelSets) {
    return new SliStage(
        new StageSettings(
            0,
            10 * SECOND,
            90 * DAY,
            60 * MINUTE,
            10 * SECOND,
            new SubjectLimits(100, 100, labelSets)),
        kept,
        objectives,
        (reason, items, who) -> dropped.merge(reason, items, Long::sum));
  }

  private static Objective objective(
      String id, Objective.Sli sli, String filter, long fromMillis, String... labels) {
    Selector.Builder selector = Selector.newBuilder().setFilter(filter);
    for (String label : labels) {
      selector.addLabel(SelectorLabel.newBuilder().setName(label).setPath(label));
    }
    return TestObjectives.wire(id, sli, "0.9", 0, fromMillis).toBuilder()
        .setSelector(selector)
        .build();
  }

  private Objective known(Objective objective) {
    objectives = objectives.with(ObjectiveVersion.of(objective));
    return objective;
  }

  private static Selection selection(Objective objective, boolean bad, String... labels) {
    return Selection.newBuilder()
        .setSelector(SelectorId.of(objective))
        .setBad(bad)
        .addAllLabel(List.of(labels))
        .build();
  }

  private static SelectedPoint.Builder point(
      Objective objective,
      int series,
      long startMillis,
      long timeMillis,
      double valid,
      double bad) {
    return SelectedPoint.newBuilder()
        .setPackage(CART)
        .setSeriesLow(series)
        .setStartEpochNanos(startMillis * 1_000_000)
        .setTimeEpochNanos(timeMillis * 1_000_000)
        .addAmount(
            SelectedPoint.Amount.newBuilder()
                .setSelection(selection(objective, false))
                .setValid(valid)
                .setBad(bad));
  }

  /** Valid and bad events in the period, by objective and values of labels. */
  private static Map<String, String> counts(SliStage stage) {
    Map<String, String> counts = new TreeMap<>();
    for (SubjectSnapshot subject : stage.takeUnexported().subjects()) {
      for (SloSnapshot slo : subject.slos()) {
        counts.put(
            slo.objective().id() + slo.labels().values(),
            events(slo.period().valid()) + "/" + events(slo.period().bad()));
      }
    }
    return counts;
  }

  private static long events(long units) {
    assertThat(units % FixedPoint.ONE).isZero();
    return units / FixedPoint.ONE;
  }

  @Test
  void counts_perLabels_andNothingElseCounts() {
    Objective logs = known(objective("logs", Objective.Sli.LOG, "a == 1", 0, "tenant"));
    Objective calls = known(objective("calls", Objective.Sli.AVAILABILITY, "b == 1", 0));
    SliStage stage = stage();

    stage.accept(
        Observations.block()
            .calls(CART, NOON, 1_000, 500)
            .logs(CART, NOON, 17, 100, 0)
            .selected(CART, NOON, selection(logs, false, "gold"), 7)
            .selected(CART, NOON, selection(logs, true, "gold"), 2)
            .selected(CART, NOON, selection(logs, true, ""), 3)
            .selected(CART, NOON, selection(calls, false), 5)
            .selected(CART, NOON, selection(calls, true), 1)
            .selected(CART, NOON, selection(objective("x", Objective.Sli.LOG, "c", 0), true), 9)
            .build(),
        out);

    assertThat(counts(stage))
        .isEqualTo(Map.of("logs[gold]", "9/2", "logs[]", "3/3", "calls[]", "6/1"));
  }

  /** The values of labels are part of a series' name; an absent one is an empty one. */
  @Test
  void snapshot_hasNamesAndValues() {
    Objective logs = known(objective("logs", Objective.Sli.LOG, "", 0, "region", "tenant"));
    SliStage stage = stage();
    stage.accept(
        Observations.block().selected(CART, NOON, selection(logs, true, "eu", ""), 1).build(), out);

    SloSnapshot slo = stage.takeUnexported().subjects().get(0).slos().get(0);

    assertThat(slo.labels())
        .isEqualTo(new SeriesLabels(List.of("region", "tenant"), List.of("eu", "")));
    assertThat(slo.badTotal()).isEqualTo(FixedPoint.ONE);
    assertThat(slo.windows().get(0)).isEqualTo(new Sums(FixedPoint.ONE, FixedPoint.ONE));
  }

  @Test
  void moreLabelsThanThereIsRoomFor_countAsOthers() {
    Objective logs = known(objective("logs", Objective.Sli.LOG, "", 0, "tenant"));
    SliStage stage = stage();

    for (int tenant = 0; tenant < 6; tenant++) {
      stage.accept(
          Observations.block()
              .selected(CART, NOON, selection(logs, false, "t" + tenant), 10)
              .selected(CART, NOON, selection(logs, true, "t" + tenant), 1)
              .build(),
          out);
    }

    assertThat(counts(stage))
        .isEqualTo(
            Map.of(
                "logs[t0]",
                "11/1",
                "logs[t1]",
                "11/1",
                "logs[t2]",
                "11/1",
                "logs[(other)]",
                "33/3"));
    assertThat(dropped).isEqualTo(Map.of(SliDrop.LABEL_LIMIT, 33L));
  }

  /** A label that nothing was counted for in a whole period makes room for another. */
  @Test
  void silentLabels_makeRoom() {
    Objective logs = known(objective("logs", Objective.Sli.LOG, "", 0, "tenant"));
    SliStage stage = stage(map, 1);
    stage.accept(
        Observations.block()
            .selected(CART, NOON, selection(logs, false, "old"), 1)
            .through(NOON)
            .build(),
        out);
    long later = NOON + 8 * DAY;
    stage.accept(Observations.block().calls(CART, later, 1, 0).through(later).build(), out);
    stage.accept(Observations.block().through(later + MINUTE).build(), out);

    stage.accept(
        Observations.block()
            .selected(CART, later + MINUTE, selection(logs, false, "new"), 4)
            .build(),
        out);

    assertThat(counts(stage)).isEqualTo(Map.of("logs[new]", "4/0"));
    assertThat(dropped).isEmpty();
  }

  /** What the old filter took does not count for the new one, and each counts in its time. */
  @Test
  void changedFilter_countsFromItsTimeOn() {
    Objective before = known(objective("logs", Objective.Sli.LOG, "a == 1", 0));
    Objective after = known(objective("logs", Objective.Sli.LOG, "a == 2", NOON));
    SliStage stage = stage();

    stage.accept(
        Observations.block()
            .selected(CART, NOON - 10 * SECOND, selection(before, false), 1)
            .selected(CART, NOON, selection(before, false), 10)
            .selected(CART, NOON - 10 * SECOND, selection(after, false), 100)
            .selected(CART, NOON, selection(after, false), 1_000)
            .build(),
        out);

    assertThat(counts(stage)).isEqualTo(Map.of("logs[]", "1001/0"));
  }

  /** Prometheus sees the labels that are in force; the former ones go. */
  @Test
  void changedLabels_beginNewSeries() {
    Objective before = known(objective("logs", Objective.Sli.LOG, "", 0, "region"));
    Objective after = known(objective("logs", Objective.Sli.LOG, "", NOON, "tenant"));
    SliStage stage = stage();

    stage.accept(
        Observations.block()
            .selected(CART, NOON - 10 * SECOND, selection(before, false, "eu"), 1)
            .selected(CART, NOON, selection(after, false, "gold"), 2)
            .through(NOON)
            .build(),
        out);

    assertThat(counts(stage)).isEqualTo(Map.of("logs[gold]", "2/0"));
  }

  @Test
  void otherPackages_areNotItsSubjects() {
    Objective logs =
        known(
            objective("logs", Objective.Sli.LOG, "", 0).toBuilder()
                .setPackage("github.com/acme/*/money")
                .build());
    SliStage stage = stage();

    stage.accept(Observations.block().selected(CART, NOON, selection(logs, false), 1).build(), out);

    assertThat(counts(stage)).isEmpty();
  }

  @Test
  void counters_countWhatTheyGrewBy() {
    Objective metric = known(objective("m", Objective.Sli.METRIC, "", NOON));
    SliStage stage = stage();
    long begun = NOON + MINUTE;

    stage.accept(
        Observations.block()
            // Began before the objective: where it stands is where counting begins.
            .point(point(metric, 1, NOON - HOUR, NOON + MINUTE, 1_000, 100))
            .point(point(metric, 1, NOON - HOUR, NOON + 2 * MINUTE, 1_010, 101))
            // Began under it: all that it shows is its.
            .point(point(metric, 2, begun, begun + 1, 5, 0))
            .point(point(metric, 2, begun, begun + MINUTE, 7, 2))
            // An older point and a second one of the same time say nothing new.
            .point(point(metric, 2, begun, begun + 2, 6, 1))
            .point(point(metric, 2, begun, begun + MINUTE, 9, 9))
            // Restarted: twice, once without saying so.
            .point(point(metric, 2, begun + 90 * SECOND, begun + 2 * MINUTE, 8, 3))
            .point(point(metric, 2, begun + 90 * SECOND, begun + 3 * MINUTE, 4, 1))
            // Of a sender that does not know when it began.
            .point(point(metric, 3, 0, begun, 50, 0))
            .point(point(metric, 3, 0, begun + MINUTE, 53, 0))
            // Increases as they are, in any order.
            .point(point(metric, 4, 0, begun + MINUTE, 20, 4).setDelta(true))
            .point(point(metric, 4, 0, begun, 30, 6).setDelta(true))
            .build(),
        out);

    // 10/1 and 7/2 and 8/3 and 4/1 and 3/0 and 50/10.
    assertThat(counts(stage)).isEqualTo(Map.of("m[]", "82/17"));
    assertThat(dropped).isEqualTo(Map.of(SliDrop.OLD_POINT, 2L));
  }

  /** A point of before the objective's time is where its increases begin. */
  @Test
  void counters_beforeTheObjectivesTime_areItsBeginning() {
    Objective metric = known(objective("m", Objective.Sli.METRIC, "", NOON));
    SliStage stage = stage();

    stage.accept(
        Observations.block()
            .point(point(metric, 1, NOON - HOUR, NOON - SECOND, 1_000, 0))
            .point(point(metric, 1, NOON - HOUR, NOON + MINUTE, 1_004, 1))
            .build(),
        out);

    assertThat(counts(stage)).isEqualTo(Map.of("m[]", "4/1"));
  }

  /** After hours of silence nobody knows any more where it stood: better nothing than all twice. */
  @Test
  void forgottenCounters_neverCountTwice() {
    Objective metric = known(objective("m", Objective.Sli.METRIC, "", NOON));
    SliStage stage = stage();
    long late = NOON + 8 * HOUR;
    stage.accept(
        Observations.block()
            .point(point(metric, 1, NOON + 1, NOON + MINUTE, 100, 0))
            .through(NOON + MINUTE)
            .build(),
        out);
    stage.accept(
        Observations.block().point(point(metric, 2, late, late + 1, 1, 0)).through(late).build(),
        out);
    stage.accept(Observations.block().through(late + MINUTE).build(), out);
    SliStage restarted = stage(map.copy(), 3);

    for (SliStage one : List.of(stage, restarted)) {
      one.accept(
          Observations.block()
              .point(point(metric, 1, NOON + 1, late + MINUTE, 150, 0))
              .point(point(metric, 1, NOON + 1, late + 2 * MINUTE, 160, 0))
              .build(),
          out);
      assertThat(counts(one)).isEqualTo(Map.of("m[]", "111/0"));
    }
  }

  @Test
  void selectors_thatIngestCannotRead_areRefused() {
    assertThatThrownBy(() -> ObjectiveVersion.of(objective("logs", Objective.Sli.LOG, "a = 1", 0)))
        .hasMessage("logs: selector: found '=', expected ==");
    assertThatThrownBy(() -> TestObjectives.version("logs", Objective.Sli.LOG, "0.9", 0, 0))
        .hasMessage("logs: logs and metrics need a selector");
    assertThatThrownBy(() -> ObjectiveVersion.of(objective("p", Objective.Sli.PANIC_RATE, "", 0)))
        .hasMessage("p: a selector belongs to calls, logs and metrics only");
  }

  /** A restart at any block gives the series, totals and windows of a run without one. */
  @Test
  void restart_anywhere_changesNothing() {
    long seed = Long.getLong("pkgslo.test.seed", new Random().nextLong());
    Objective logs = known(objective("logs", Objective.Sli.LOG, "", NOON, "tenant"));
    Objective metric = known(objective("m", Objective.Sli.METRIC, "", NOON));
    Objective slices =
        known(
            objective("slices", Objective.Sli.LATENCY, "", NOON, "tenant").toBuilder()
                .setThresholdNanos(1)
                .setBudgetingMethod(Objective.BudgetingMethod.TIMESLICES)
                .setSliceSeconds(120)
                .setSliceTarget("0.8")
                .build());
    Random random = new Random(seed);
    List<ObservationBlock> blocks = new ArrayList<>();
    double[] counters = new double[5];
    long now = NOON;
    for (int i = 0; i < 400; i++) {
      Observations block = Observations.block();
      for (int item = random.nextInt(4); item > 0; item--) {
        long at = now - (random.nextInt(10) == 0 ? random.nextInt(3_000_000) : 0);
        boolean bad = random.nextInt(5) == 0;
        String tenant = "t" + random.nextInt(6);
        block.selected(CART, at, selection(logs, bad, tenant), 1 + random.nextInt(3));
        block.selected(CART, at, selection(slices, bad, tenant), 1 + random.nextInt(3));
        int series = random.nextInt(counters.length);
        counters[series] = random.nextInt(20) == 0 ? 0 : counters[series] + random.nextInt(9);
        block.point(point(metric, series, NOON - 1 + series, at, counters[series], 0));
      }
      now += random.nextInt(20_000);
      blocks.add(block.through(now).build());
    }
    SliStage whole = stage(new MemoryMap(), 3);
    blocks.forEach(block -> whole.accept(block, out));
    MemoryMap kept = new MemoryMap();
    SliStage restarted = stage(kept, 3);
    for (ObservationBlock block : blocks) {
      if (random.nextInt(15) == 0) {
        kept = kept.copy();
        restarted = stage(kept, 3);
      }
      restarted.accept(block, out);
    }

    List<SubjectSnapshot> expected = whole.takeUnexported().subjects();
    assertThat(stage(kept.copy(), 3).takeUnexported().subjects())
        .as("seed %d", seed)
        .isEqualTo(expected);
    assertThat(expected.get(0).slos().size()).isEqualTo(9);
    assertThat(expected.get(0).slos().get(0).objective().windows()).contains(Window.HOUR);
  }
}

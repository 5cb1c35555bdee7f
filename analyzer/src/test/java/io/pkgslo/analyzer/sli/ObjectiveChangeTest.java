// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.analyzer.window.Sums;
import io.pkgslo.model.FixedPoint;
import io.pkgslo.model.wire.Exclusion;
import io.pkgslo.model.wire.Objective;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of what was counted when an objective changes. */
class ObjectiveChangeTest {
  private static final long ONE = FixedPoint.ONE;
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  /** 2026-11-20T12:00:00Z. */
  private static final long NOON = 1_795_176_000_000L;

  private static final String CART = "cart";

  private final MemoryMap map = new MemoryMap();
  private final List<SliDrop> dropped = new ArrayList<>();

  private SliStage stage(ObjectiveSet objectives) {
    return stage(objectives, 0);
  }

  private SliStage stage(ObjectiveSet objectives, long storeAfterMillis) {
    return new SliStage(
        new StageSettings(0, 0, 93 * DAY, HOUR, storeAfterMillis, new SubjectLimits(10, 10)),
        map,
        objectives,
        (reason, items, who) -> dropped.add(reason));
  }

  private static void accept(SliStage stage, Observations block) {
    stage.accept(block.build(), new TestStage.Ignoring());
  }

  private static Objective.Builder availability(long periodSeconds, long fromMillis) {
    return TestObjectives.wire("a", Objective.Sli.AVAILABILITY, "0.9", 0, fromMillis).toBuilder()
        .setPeriodSeconds(periodSeconds);
  }

  private static Objective.Builder slices(int seconds, String target, long fromMillis) {
    return availability(7 * 86_400, fromMillis)
        .setBudgetingMethod(Objective.BudgetingMethod.TIMESLICES)
        .setSliceSeconds(seconds)
        .setSliceTarget(target);
  }

  private static ObjectiveSet only(Objective.Builder... versions) {
    ObjectiveSet set = ObjectiveSet.EMPTY;
    for (Objective.Builder version : versions) {
      set = set.with(ObjectiveVersion.of(version.build()));
    }
    return set;
  }

  private static SloSnapshot slo(SliStage stage) {
    return stage.takeUnexported().subjects().get(0).slos().get(0);
  }

  /** The windows of burn rates keep three days in any case: a longer period begins with them. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void longerPeriod_beginsWithWhatIsKept(boolean restarts) {
    SliStage stage = stage(only(availability(86_400, 0)));
    accept(stage, Observations.block().calls(CART, NOON - 2 * DAY, 100, 7).through(NOON));
    stage.objectives(only(availability(86_400, 0), availability(30 * 86_400, NOON)));
    accept(stage, Observations.block().calls(CART, NOON, 10, 1).through(NOON + MINUTE));
    if (restarts) {
      accept(stage, Observations.block().through(NOON + 2 * MINUTE));
      stage = stage(only(availability(30 * 86_400, NOON)));
    }
    // Where only the 30 days reach.
    accept(stage, Observations.block().calls(CART, NOON, 5, 0).through(NOON + 4 * DAY));
    assertThat(slo(stage).period()).isEqualTo(new Sums(115 * ONE, 8 * ONE));
  }

  /** A version is announced ahead of its time. Until then the one before it is shown. */
  @ParameterizedTest
  @ValueSource(longs = {86_400, 90 * 86_400})
  void versionThatIsStillToCome_hidesNothing(long nextPeriod) {
    Objective.Builder present = availability(7 * 86_400, 0);
    SliStage stage = stage(only(present));
    accept(stage, Observations.block().calls(CART, NOON - 2 * DAY, 100, 7).through(NOON));
    ObjectiveSet both = only(present, availability(nextPeriod, NOON + 30 * MINUTE));
    stage.objectives(both);
    assertThat(slo(stage).objective().period().seconds()).isEqualTo(7 * 86_400);
    accept(stage, Observations.block().calls(CART, NOON, 10, 1).through(NOON + MINUTE));
    assertThat(slo(stage).period()).isEqualTo(new Sums(110 * ONE, 8 * ONE));

    SliStage restarted = stage(both);
    assertThat(slo(restarted).period()).isEqualTo(new Sums(110 * ONE, 8 * ONE));
    accept(restarted, Observations.block().calls(CART, NOON, 1, 0).through(NOON + HOUR));
    assertThat(slo(restarted).objective().period().seconds()).isEqualTo(nextPeriod);
  }

  /**
   * Its last events stand in the log alone when the analyzer stops, and count when they are read
   * back: also if another stop follows before they are stored.
   */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void objectiveThatIsDeletedDuringAStop_andComesBack_hasLostNothing(int furtherStops) {
    ObjectiveSet there = only(availability(7 * 86_400, 0));
    SliStage stage = stage(there, MINUTE);
    accept(stage, Observations.block().calls(CART, NOON, 100, 7).through(NOON + MINUTE));
    accept(stage, Observations.block().calls(CART, NOON + MINUTE, 10, 1));

    stage = stage(ObjectiveSet.EMPTY, MINUTE);
    assertThat(stage.takeUnexported().subjects().get(0).slos()).isEmpty();
    for (int stop = 0; stop < furtherStops; stop++) {
      if (stop > 0) {
        accept(stage, Observations.block().calls(CART, NOON + MINUTE, 1_000, 1_000));
      }
      stage = stage(ObjectiveSet.EMPTY, MINUTE);
    }
    stage.objectives(there);
    accept(stage, Observations.block().through(NOON + 2 * MINUTE));
    assertThat(slo(stage).period()).isEqualTo(new Sums(110 * ONE, 8 * ONE));
    assertThat(slo(stage(there, MINUTE)).period()).isEqualTo(new Sums(110 * ONE, 8 * ONE));
  }

  /** What came while there was no such objective is not its own, read back or not. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void eventsWhileAnObjectiveIsDeleted_countForNothing(boolean restarts) {
    ObjectiveSet there = only(availability(7 * 86_400, 0));
    SliStage stage = stage(there, MINUTE);
    accept(stage, Observations.block().calls(CART, NOON, 100, 7).through(NOON + MINUTE));
    accept(stage, Observations.block().calls(CART, NOON + MINUTE, 10, 1));
    stage.objectives(ObjectiveSet.EMPTY);
    accept(stage, Observations.block().calls(CART, NOON + MINUTE, 1_000, 1_000));
    if (restarts) {
      stage = stage(there, MINUTE);
    }
    stage.objectives(there);
    accept(stage, Observations.block().calls(CART, NOON + MINUTE, 1, 0).through(NOON + 2 * MINUTE));
    assertThat(slo(stage).period()).isEqualTo(new Sums(111 * ONE, 8 * ONE));
    assertThat(slo(stage(there, MINUTE)).period()).isEqualTo(new Sums(111 * ONE, 8 * ONE));
  }

  /** Of two lengths, slices that begin at one time are two. */
  @Test
  void slices_ofAnotherLength_areOthers() {
    ObjectiveSet objectives = only(slices(60, "0.5", 0), slices(300, "0.5", NOON + 3 * MINUTE));
    SliStage stage = stage(objectives);
    accept(
        stage,
        Observations.block()
            .calls(CART, NOON, 10, 10)
            .calls(CART, NOON + 2 * MINUTE, 10, 0)
            .calls(CART, NOON + 4 * MINUTE, 100, 0)
            .through(NOON + 10 * MINUTE));
    // Minutes 12:00 (bad) and 12:02, and the five minutes from 12:00 on as far as they are theirs.
    assertThat(slo(stage).period()).isEqualTo(new Sums(3 * ONE, ONE));
    assertThat(slo(stage(objectives)).period()).isEqualTo(new Sums(3 * ONE, ONE));
  }

  /** The version at a slice's begin judges all of it, whether an event of it is late or not. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void slice_hasOneJudge_howeverLateItsEventsAre(boolean late) {
    ObjectiveSet objectives = only(slices(300, "0.5", 0), slices(300, "0.9", NOON + 2 * MINUTE));
    SliStage stage = stage(objectives);
    Observations first = Observations.block().calls(CART, NOON, 10, 2);
    accept(stage, late ? first.through(NOON + 10 * MINUTE) : first);
    accept(
        stage,
        Observations.block().calls(CART, NOON + 4 * MINUTE, 10, 2).through(NOON + 11 * MINUTE));
    assertThat(slo(stage).period()).isEqualTo(new Sums(ONE, 0));
  }

  /** A package without calls is exposed to its service's, of the same time as its own events. */
  @Test
  void exclusion_isLeftOutOfTheExposureToo() {
    Objective.Builder panics =
        TestObjectives.wire("p", Objective.Sli.PANIC_RATE, "0.99", 0, 0).toBuilder()
            .addExclusion(
                Exclusion.newBuilder().setStartMillis(NOON).setEndMillis(NOON + 15 * MINUTE));
    SliStage stage = stage(only(panics));
    accept(
        stage,
        Observations.block()
            .panic("retry", NOON - HOUR, true)
            .panic("retry", NOON, true)
            .serviceCalls(NOON - HOUR, 40)
            .serviceCalls(NOON, 1_000)
            .through(NOON + HOUR));
    SloSnapshot slo = slo(stage);
    assertThat(slo.exposureService()).isTrue();
    assertThat(slo.period()).isEqualTo(new Sums(40 * ONE, ONE));
  }

  /** A sender that says of its spans that each stands for four thousand million calls. */
  @Test
  void sumsWithoutRoom_areNeverNegative() {
    SliStage stage = stage(only(availability(7 * 86_400, 0)));
    for (int i = 0; i < 5; i++) {
      accept(stage, Observations.block().weighted(CART, NOON, Long.MAX_VALUE / 4 - 1));
    }
    accept(stage, Observations.block().through(NOON + MINUTE));
    SubjectSnapshot subject = stage.takeUnexported().subjects().get(0);
    assertThat(subject.counts().allApiCalls()).isNotNegative();
    assertThat(subject.slos().get(0).validTotal()).isNotNegative();
    assertThat(subject.slos().get(0).period().valid()).isEqualTo(Long.MAX_VALUE);
    // What has no room is wrong for as long as a window covers it, and no longer.
    accept(stage, Observations.block().calls(CART, NOON + 8 * DAY, 10, 1).through(NOON + 8 * DAY));
    assertThat(slo(stage).period()).isEqualTo(new Sums(10 * ONE, ONE));
  }
}

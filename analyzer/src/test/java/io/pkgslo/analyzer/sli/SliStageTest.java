// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.analyzer.window.Sums;
import io.pkgslo.analyzer.window.Window;
import io.pkgslo.model.FixedPoint;
import io.pkgslo.model.SpanTraits;
import io.pkgslo.model.wire.ContextLoss;
import io.pkgslo.model.wire.Objective;
import io.pkgslo.model.wire.ObservationBlock;
import io.pkgslo.model.wire.PanicExample;
import io.pkgslo.model.wire.RuntimePoint;
import io.pkgslo.model.wire.SliBucket;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SliStageTest {
  /** 2026-11-20T12:00:00Z. */
  private static final long NOON = 1_795_176_000_000L;

  private static final long SECOND = 1_000;
  private static final long MINUTE = 60_000;
  private static final long DAY = 86_400_000;
  private static final String CART = "github.com/acme/shop/pkg/cart";
  private static final String MONEY = "github.com/acme/shop/pkg/money";
  private static final long ONE = FixedPoint.ONE;

  private final MemoryMap map = new MemoryMap();
  private final Map<SliDrop, Long> dropped = new EnumMap<>(SliDrop.class);
  private final Recorder out = new Recorder();
  private ObjectiveSet objectives = TestObjectives.defaults();

  private SliStage stage() {
    return stage(map, new SubjectLimits(1_000, 1_000));
  }

  private SliStage stage(MemoryMap map, SubjectLimits limits) {
    StageSettings settings =
        new StageSettings(0, 10 * SECOND, 90 * DAY, 60 * MINUTE, 10 * SECOND, limits);
    return new SliStage(
        settings, map, objectives, (reason, items, who) -> dropped.merge(reason, items, Long::sum));
  }

  private static SloSnapshot slo(SubjectSnapshot subject, String id) {
    return subject.slos().stream()
        .filter(s -> s.objective().id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, SubjectSnapshot> byPackage(News news) {
    Map<String, SubjectSnapshot> map = new TreeMap<>();
    news.subjects().forEach(s -> map.put(s.key().version() + " " + s.key().goPackage(), s));
    return map;
  }

  @Test
  void defaultObjectives_countValidAndBad() {
    SliStage stage = stage();
    stage.accept(
        Observations.block()
            .calls(CART, NOON, 1_000, 3)
            .calls(MONEY, NOON, 50, SpanTraits.STATUS_ERROR, false, 700_000)
            .panic(CART, NOON + 5, true)
            .panic(CART, NOON + 6, false)
            .initFailure(MONEY, NOON)
            .init(CART, NOON, 120_000_000)
            .init(CART, NOON, 120_000_001)
            .build(),
        out);
    Map<String, SubjectSnapshot> subjects = byPackage(stage.takeUnexported());
    SubjectSnapshot cart = subjects.get("1.4.0 " + CART);
    assertThat(slo(cart, "panic-rate").period()).isEqualTo(new Sums(1_000 * ONE, 2 * ONE));
    assertThat(slo(cart, "availability").period()).isEqualTo(new Sums(1_000 * ONE, 3 * ONE));
    assertThat(slo(cart, "init-latency").period()).isEqualTo(new Sums(2 * ONE, ONE));
    assertThat(cart.counts().panicEpisodes()).isEqualTo(1);
    assertThat(cart.counts().errors()).isEqualTo(3 * ONE);
    assertThat(cart.counts().inits()).isEqualTo(2);
    SubjectSnapshot money = subjects.get("1.4.0 " + MONEY);
    assertThat(money.counts().initFailures()).isEqualTo(1);
    assertThat(money.counts().panics()).isZero();
    assertThat(slo(money, "panic-rate").period()).isEqualTo(new Sums(50 * ONE, 0));
    // Only what has had an API call has an availability.
    assertThat(money.slos()).extracting(s -> s.objective().id()).containsExactly("panic-rate");
  }

  /** By these the hard stop knows it again, whatever the process is called where it counts. */
  @Test
  void crash_isTheOneThatStderrTellsOf_inItsMinute() {
    ObservationBlock.Builder block =
        Observations.block().initFailure(MONEY, NOON + 3).through(NOON).build().toBuilder();
    block
        .getPanicBuilder(0)
        .setCrashProcess("container:abc")
        .setCrashEpochNanos((NOON + 5) * 1_000_000);
    SliStage stage = stage();
    stage.accept(block.build(), out);
    stage.accept(Observations.block().through(NOON + 70 * SECOND).build(), out);

    PanicExample crash = out.buckets.get(0).getExample(0);
    assertThat(crash.getInitFailure()).isTrue();
    assertThat(crash.getProcess()).isEqualTo("container:abc");
    assertThat(crash.getTimeEpochMillis()).isEqualTo(NOON + 5);
  }

  @Test
  void latency_countsSlowCallsExactly() {
    objectives =
        ObjectiveSet.EMPTY.with(
            TestObjectives.version("lat", Objective.Sli.LATENCY, "0.99", 4_000_000, 0));
    SliStage stage = stage();
    stage.accept(
        Observations.block()
            .calls(CART, NOON, 7, SpanTraits.STATUS_UNSET, false, 4_000_000)
            .calls(CART, NOON, 2, SpanTraits.STATUS_UNSET, false, 4_000_001)
            .build(),
        out);
    SubjectSnapshot cart = stage.takeUnexported().subjects().get(0);
    assertThat(slo(cart, "lat").period()).isEqualTo(new Sums(9 * ONE, 2 * ONE));
  }

  @Test
  void helperWithoutCalls_isExposedToTheCallsOfItsService() {
    SliStage stage = stage();
    stage.accept(Observations.block().panic(MONEY, NOON, true).build(), out);
    SubjectSnapshot before = stage.takeUnexported().subjects().get(0);
    assertThat(slo(before, "panic-rate").period()).isEqualTo(new Sums(0, ONE));
    stage.accept(Observations.block().serviceCalls(NOON, 20_000).build(), out);
    SubjectSnapshot after = stage.takeUnexported().subjects().get(0);
    SloSnapshot panics = slo(after, "panic-rate");
    assertThat(panics.exposureService()).isTrue();
    assertThat(panics.period()).isEqualTo(new Sums(20_000 * ONE, ONE));
    assertThat(panics.validTotal()).isZero();
    // Calls of its own: its own exposure again.
    stage.accept(Observations.block().calls(MONEY, NOON, 10, 0).build(), out);
    SloSnapshot own = slo(stage.takeUnexported().subjects().get(0), "panic-rate");
    assertThat(own.exposureService()).isFalse();
    assertThat(own.period()).isEqualTo(new Sums(10 * ONE, ONE));
  }

  @Test
  void minute_isGivenOut_whenTheWatermarkPassesItsEndAndTheSettleDelay() {
    SliStage stage = stage();
    stage.accept(
        Observations.block().calls(CART, NOON + 30 * SECOND, 5, 1).through(NOON).build(), out);
    stage.accept(Observations.block().through(NOON + 70 * SECOND - 1).build(), out);
    assertThat(out.buckets).isEmpty();
    stage.accept(Observations.block().through(NOON + 70 * SECOND).build(), out);
    assertThat(out.buckets).hasSize(1);
    SliBucket bucket = out.buckets.get(0);
    assertThat(bucket.getStartEpochMillis()).isEqualTo(NOON);
    assertThat(bucket.getCalls()).isEqualTo(5);
    assertThat(bucket.getErrors()).isEqualTo(1);
    assertThat(bucket.getLate()).isFalse();
    assertThat(bucket.getArm()).isEqualTo("arm-1.4.0");
    assertThat(bucket.getProcess(0).getProcess()).isEqualTo("pod:1/app");
    assertThat(bucket.getProcess(0).getFirstSeenEpochMillis()).isEqualTo(NOON + 30 * SECOND);
    assertThat(out.through).isEqualTo(NOON + MINUTE);
  }

  @Test
  void ownErrors_standInTotalsMinutesAndProcesses() {
    SliStage stage = stage();
    stage.accept(
        Observations.block()
            .of("shop/checkout", "1.4.0", "pod:1/app")
            .ownErrors(CART, NOON, 7, 3)
            .of("shop/checkout", "1.4.0", "pod:2/app")
            .ownErrors(CART, NOON + 20 * SECOND, 4, 4)
            .through(NOON)
            .build(),
        out);
    // What is read back is what was written, whether from records or from the log of blocks.
    SliStage restarted = stage(map.copy(), new SubjectLimits(1_000, 1_000));
    restarted.accept(Observations.block().through(NOON + 70 * SECOND).build(), out);

    SliBucket bucket = out.buckets.get(0);
    assertThat(bucket.getErrors()).isEqualTo(11);
    assertThat(bucket.getOwnErrors()).isEqualTo(7);
    assertThat(bucket.getProcessList())
        .extracting(
            share -> share.getProcess() + " " + share.getErrors() + " " + share.getOwnErrors())
        .containsExactly("pod:1/app 7 3", "pod:2/app 4 4");
    SubjectSnapshot cart = restarted.takeUnexported().subjects().get(0);
    assertThat(cart.counts().ownErrors()).isEqualTo(7);
    assertThat(cart.counts().errors()).isEqualTo(11 * ONE);
  }

  /** They are known a settle delay after the calls, and speak of calls that counted: no items. */
  @Test
  void ownTimes_standInMinutesAndProcesses_andCountNothingTwice() {
    SliStage stage = stage();
    stage.accept(
        Observations.block()
            .of("shop/checkout", "1.4.0", "pod:1/app")
            .calls(CART, NOON, 3, 0)
            .through(NOON)
            .build(),
        out);
    stage.accept(
        Observations.block()
            .of("shop/checkout", "1.4.0", "pod:1/app")
            .ownTime(CART, NOON, 1, 2)
            .of("shop/checkout", "1.4.0", "pod:2/app")
            .ownTime(CART, NOON, 0, 0, 4)
            .through(NOON + 10 * SECOND)
            .build(),
        out);
    SliStage restarted = stage(map.copy(), new SubjectLimits(1_000, 1_000));
    restarted.accept(Observations.block().through(NOON + 70 * SECOND).build(), out);

    SliBucket bucket = out.buckets.get(0);
    assertThat(bucket.getCalls()).isEqualTo(3);
    assertThat(bucket.getOwnDurationCountList()).startsWith(1L, 2L, 4L, 0L).hasSize(13);
    assertThat(bucket.getClientCalls()).isEqualTo(5);
    assertThat(bucket.getClientErrors()).isEqualTo(2);
    assertThat(bucket.getProcess(0).getDurationCountList().stream().mapToLong(n -> n).sum())
        .isEqualTo(3);
    assertThat(bucket.getProcess(0).getOwnDurationCountList()).containsExactly(1L, 2L);
    assertThat(bucket.getProcess(1).getOwnDurationCountList()).containsExactly(0L, 0L, 4L);
    restarted.accept(
        Observations.block().ownTime(CART, NOON - 400 * DAY, 1).through(NOON).build(), out);
    assertThat(dropped.values().stream().mapToLong(n -> n).sum()).isZero();
  }

  @Test
  void lateItem_givesItsMinuteOutAgain() {
    SliStage stage = stage();
    stage.accept(Observations.block().calls(CART, NOON, 5, 0).through(NOON).build(), out);
    stage.accept(Observations.block().through(NOON + 5 * MINUTE).build(), out);
    out.buckets.clear();
    stage.accept(Observations.block().calls(CART, NOON, 2, 2).build(), out);
    assertThat(out.buckets).hasSize(1);
    assertThat(out.buckets.get(0).getLate()).isTrue();
    assertThat(out.buckets.get(0).getCalls()).isEqualTo(7);
    assertThat(out.buckets.get(0).getErrors()).isEqualTo(2);
    SubjectSnapshot cart = stage.takeUnexported().subjects().get(0);
    assertThat(slo(cart, "availability").windows().get(0)).isEqualTo(new Sums(7 * ONE, 2 * ONE));
  }

  @Test
  void itemBeyondTheLateMinutes_countsInTotalsAndWindowsOnly() {
    SliStage stage = stage();
    stage.accept(Observations.block().calls(CART, NOON, 5, 0).through(NOON).build(), out);
    stage.accept(Observations.block().through(NOON + 2 * 60 * MINUTE).build(), out);
    out.buckets.clear();
    stage.accept(Observations.block().calls(CART, NOON, 2, 2).build(), out);
    assertThat(out.buckets).isEmpty();
    assertThat(dropped).containsExactly(Map.entry(SliDrop.BEYOND_LATE_MINUTES, 2L));
    SubjectSnapshot cart = stage.takeUnexported().subjects().get(0);
    assertThat(cart.counts().allCalls()).isEqualTo(7 * ONE);
    assertThat(slo(cart, "availability").period()).isEqualTo(new Sums(7 * ONE, 2 * ONE));
  }

  @Test
  void itemBeyondTheRetention_isDroppedByReason() {
    SliStage stage = stage();
    stage.accept(Observations.block().calls(CART, NOON, 5, 0).through(NOON).build(), out);
    stage.accept(Observations.block().calls(CART, NOON - 90 * DAY - 20_000, 3, 0).build(), out);
    assertThat(dropped).containsExactly(Map.entry(SliDrop.BEYOND_RETENTION, 3L));
    assertThat(stage.takeUnexported().subjects().get(0).counts().allCalls()).isEqualTo(5 * ONE);
  }

  @Test
  void subjectsOverTheLimit_countAsOne() {
    SliStage stage = stage(map, new SubjectLimits(100, 2));
    Observations block = Observations.block();
    for (int i = 0; i < 5; i++) {
      block.calls("pkg/" + i, NOON, 10, 0);
    }
    stage.accept(block.build(), out);
    Map<String, SubjectSnapshot> subjects = byPackage(stage.takeUnexported());
    assertThat(subjects.keySet())
        .containsExactly("(partition 0) (overflow)", "1.4.0 pkg/0", "1.4.0 pkg/1");
    assertThat(subjects.get("(partition 0) (overflow)").counts().allCalls()).isEqualTo(30 * ONE);
    assertThat(dropped).containsExactly(Map.entry(SliDrop.SUBJECT_LIMIT, 3L));
  }

  /** Versions of an overflow are partitions: no release could be judged by them. */
  @Test
  void overflow_givesNoMinutesToJudge_alsoAfterARestart() {
    SliStage stage = stage(map, new SubjectLimits(100, 1));
    Observations block = Observations.block();
    block.calls("pkg/0", NOON, 10, 0).calls("pkg/1", NOON, 10, 0).through(NOON);
    stage.accept(block.build(), out);
    SliStage restarted = stage(map.copy(), new SubjectLimits(100, 1));
    restarted.accept(Observations.block().through(NOON + 5 * MINUTE).build(), out);
    restarted.accept(Observations.block().calls("pkg/1", NOON, 1, 0).build(), out);

    assertThat(out.buckets).extracting(bucket -> bucket.getPackage()).containsExactly("pkg/0");
  }

  @Test
  void silentSubject_isForgotten_afterTheRetention() {
    SliStage stage = stage();
    stage.accept(Observations.block().calls(CART, NOON, 5, 0).through(NOON).build(), out);
    stage.accept(Observations.block().through(NOON + 60 * SECOND).build(), out);
    stage.takeUnexported();
    stage.takeUnannounced();
    stage.accept(Observations.block().through(NOON + 91 * DAY).build(), out);
    stage.accept(Observations.block().through(NOON + 91 * DAY + MINUTE).build(), out);
    stage.takeUnannounced();
    stage.accept(Observations.block().through(NOON + 91 * DAY + 2 * MINUTE).build(), out);
    News news = stage.takeUnannounced();
    assertThat(news.subjects()).isEmpty();
    assertThat(news.forgotten()).hasSize(1);
    assertThat(stage.subjects()).isZero();
    // What is left: the stage's own record and the three objectives.
    assertThat(map.records).hasSize(4);
  }

  @Test
  void objective_countsEventsFromItsTimeOn() {
    objectives =
        ObjectiveSet.EMPTY.with(
            TestObjectives.version("a", Objective.Sli.AVAILABILITY, "0.9", 0, NOON));
    SliStage stage = stage();
    stage.accept(
        Observations.block()
            .calls(CART, NOON - 10 * SECOND, 100, 50)
            .calls(CART, NOON, 10, 1)
            .through(NOON)
            .build(),
        out);
    SloSnapshot slo = slo(stage.takeUnexported().subjects().get(0), "a");
    assertThat(slo.period()).isEqualTo(new Sums(10 * ONE, ONE));
  }

  @Test
  void changedTarget_keepsTheSeries() {
    objectives =
        ObjectiveSet.EMPTY.with(
            TestObjectives.version("a", Objective.Sli.AVAILABILITY, "0.9", 0, 0));
    SliStage stage = stage();
    stage.accept(Observations.block().calls(CART, NOON, 10, 1).through(NOON).build(), out);
    objectives =
        objectives.with(
            TestObjectives.version("a", Objective.Sli.AVAILABILITY, "0.99", 0, NOON + MINUTE));
    stage.objectives(objectives);
    stage.accept(
        Observations.block().calls(CART, NOON + MINUTE, 10, 1).through(NOON + MINUTE).build(), out);
    SloSnapshot slo = slo(stage.takeUnexported().subjects().get(0), "a");
    assertThat(slo.objective().target()).isEqualByComparingTo("0.99");
    assertThat(slo.period()).isEqualTo(new Sums(20 * ONE, 2 * ONE));
  }

  /** The fixed seeds restart between the store of a subject and the store of its service. */
  static LongStream restartSeeds() {
    return LongStream.of(
        8252284974810205819L,
        9141644897437749787L,
        Long.getLong("pkgslo.test.seed", new Random().nextLong()));
  }

  /** A restart at any block gives the totals, windows and minutes of a run without one. */
  @ParameterizedTest
  @MethodSource("restartSeeds")
  void restart_anywhere_changesNothing(long seed) {
    objectives = TestObjectives.ofEveryKind(NOON);
    List<ObservationBlock> blocks = randomBlocks(new Random(seed));
    SliStage whole = stage(new MemoryMap(), new SubjectLimits(1_000, 1_000));
    Recorder expected = new Recorder();
    blocks.forEach(block -> whole.accept(block, expected));

    Random random = new Random(seed + 1);
    MemoryMap kept = new MemoryMap();
    SliStage restarted = stage(kept, new SubjectLimits(1_000, 1_000));
    Recorder actual = new Recorder();
    for (ObservationBlock block : blocks) {
      if (random.nextInt(15) == 0) {
        kept = kept.copy();
        restarted = stage(kept, new SubjectLimits(1_000, 1_000));
      }
      restarted.accept(block, actual);
    }
    assertThat(actual.buckets).as("seed %d", seed).isEqualTo(expected.buckets);
    assertThat(actual.through).isEqualTo(expected.through);
    SliStage again = stage(kept.copy(), new SubjectLimits(1_000, 1_000));
    assertThat(byPackage(again.takeUnexported()))
        .as("seed %d", seed)
        .isEqualTo(byPackage(whole.takeUnexported()));
  }

  private static List<ObservationBlock> randomBlocks(Random random) {
    List<ObservationBlock> blocks = new ArrayList<>();
    long now = NOON;
    for (int i = 0; i < 600; i++) {
      Observations block = Observations.block();
      for (int item = random.nextInt(4); item > 0; item--) {
        long at = now - (random.nextInt(10) == 0 ? random.nextInt(3_000_000) : 0);
        String goPackage = "pkg/" + random.nextInt(12);
        block.of("svc" + random.nextInt(2), "v" + random.nextInt(2), "p" + random.nextInt(3));
        switch (random.nextInt(13)) {
          case 12 -> block.ownTime(goPackage, at, random.nextInt(5), random.nextInt(3));
          case 10 ->
              block.runtime(
                  RuntimePoint.newBuilder()
                      .setMetric(random.nextBoolean() ? "go.goroutine.count" : "go.memory.used")
                      .setAttribute(random.nextBoolean() ? "stack" : "other")
                      .setValue(random.nextInt(8_000)),
                  at);
          case 11 ->
              block.runtime(
                  RuntimePoint.newBuilder()
                      .setMetric("go.memory.gc.pause.total")
                      .setStartEpochNanos(random.nextInt(3))
                      .setDelta(random.nextInt(5) == 0)
                      .setValue(random.nextInt(100) / 64.0),
                  at);
          case 6 -> block.logs(goPackage, at, random.nextInt(25), 3, random.nextInt(2));
          case 7 -> block.errorLog(goPackage, at, "e" + random.nextInt(50));
          case 8 ->
              block.edge("web", "pkg/" + random.nextInt(5), goPackage, at, 2, random.nextInt(2));
          case 9 ->
              block.loss(goPackage, at, ContextLoss.Kind.forNumber(1 + random.nextInt(3)), 2, 1);
          case 5 -> block.ownErrors(goPackage, at, 3, 1 + random.nextInt(3));
          case 0 -> block.panic(goPackage, at, random.nextBoolean());
          case 1 -> block.init(goPackage, at, random.nextInt(200_000_000));
          case 2 -> block.serviceCalls(at, random.nextInt(10));
          default -> block.calls(goPackage, at, 1 + random.nextInt(9), random.nextInt(2));
        }
      }
      now += random.nextInt(i % 100 == 99 ? 7_200_000 : 5_000);
      blocks.add(block.through(now).build());
    }
    return blocks;
  }

  @Test
  void inputLog_isCut_onceSubjectsAreStored() {
    SliStage stage = stage();
    for (int i = 0; i < 200; i++) {
      stage.accept(
          Observations.block()
              .calls(CART, NOON + i * 1_000L, 1, 0)
              .through(NOON + i * 1_000L)
              .build(),
          out);
    }
    long logged = map.records.keySet().stream().filter(key -> key[0] == 2).count();
    assertThat(logged).isLessThanOrEqualTo(12);
    assertThat(
            stage(map.copy(), new SubjectLimits(9, 9))
                .takeUnexported()
                .subjects()
                .get(0)
                .counts()
                .allCalls())
        .isEqualTo(200 * ONE);
  }

  @Test
  void panicRate_overTheHour_forgetsWhatLeft() {
    SliStage stage = stage();
    stage.accept(
        Observations.block().calls(CART, NOON, 20_000, 0).panic(CART, NOON, true).build(), out);
    assertThat(stage.takeUnexported().subjects().get(0).lastHour())
        .isEqualTo(new Sums(20_000 * ONE, ONE));
    stage.accept(Observations.block().through(NOON + 60 * MINUTE + 20 * SECOND).build(), out);
    SubjectSnapshot later = stage.takeUnexported().subjects().get(0);
    assertThat(later.lastHour()).isEqualTo(Sums.NONE);
    assertThat(slo(later, "panic-rate").windows())
        .hasSize(Window.ofPeriod(604_800).size())
        .startsWith(Sums.NONE, Sums.NONE, Sums.NONE, new Sums(20_000 * ONE, ONE));
  }

  /** Keeps what is given out. */
  private static final class Recorder implements SliOutput {
    private final List<SliBucket> buckets = new ArrayList<>();
    private long through = Long.MIN_VALUE;

    @Override
    public void bucket(SliBucket bucket) {
      buckets.add(bucket);
    }

    @Override
    public void closedThrough(long epochMillis) {
      through = epochMillis;
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.pkgslo.model.wire.ContextLoss;
import io.pkgslo.model.wire.ErrorLogExample;
import io.pkgslo.model.wire.SliBucket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is folded beside the calls of a package: logs, callers and lost context. */
class SurroundingsTest {
  /** 2026-11-20T12:00:00Z. */
  private static final long NOON = 1_795_176_000_000L;

  private static final long MINUTE = 60_000;
  private static final String CART = "github.com/acme/shop/pkg/cart";
  private static final String WEB = "github.com/acme/shop/web";

  private final MemoryMap map = new MemoryMap();
  private final List<SliBucket> buckets = new ArrayList<>();
  private final List<SliDrop> dropped = new ArrayList<>();

  private SliStage stage() {
    StageSettings settings =
        new StageSettings(
            0, 10_000, 90L * 86_400_000, 60 * MINUTE, 10_000, new SubjectLimits(500, 500));
    return new SliStage(
        settings, map, TestObjectives.defaults(), (reason, items, who) -> dropped.add(reason));
  }

  private void accept(SliStage stage, Observations block) {
    stage.accept(
        block.build(),
        new SliOutput() {
          @Override
          public void bucket(SliBucket bucket) {
            buckets.add(bucket);
          }

          @Override
          public void closedThrough(long epochMillis) {}
        });
  }

  private static SurroundingsSnapshot only(SliStage stage) {
    List<SubjectSnapshot> subjects = stage.takeUnexported().subjects();
    assertThat(subjects).hasSize(1);
    return subjects.get(0).surroundings();
  }

  @Test
  void logs_areCountedBySeverityRange() {
    SliStage stage = stage();
    Observations block = Observations.block();
    int[] severities = {0, 1, 4, 5, 8, 9, 12, 13, 16, 17, 20, 21, 24, 25};
    for (int severity : severities) {
      block.logs(CART, NOON, severity, 10, 1);
    }
    accept(stage, block);

    SurroundingsSnapshot around = only(stage);
    assertThat(around.logs(LogSeverity.UNSET)).isEqualTo(20);
    for (LogSeverity severity : LogSeverity.values()) {
      assertThat(around.logs(severity)).as("%s", severity).isEqualTo(20);
    }
    assertThat(around.orphanLogs()).isEqualTo(severities.length);
  }

  @Test
  void errorLogs_areTheLastOnes_newestFirst() {
    SliStage stage = stage();
    Observations block = Observations.block().calls(CART, NOON, 1, 0);
    for (int i : new int[] {3, 1, 6, 2, 5, 4}) {
      block.errorLog(CART, NOON + i, "e" + i);
    }
    accept(stage, block.through(NOON));
    accept(stage(), Observations.block().through(NOON + 2 * MINUTE));

    assertThat(only(stage).errorLogs())
        .extracting(ErrorLogExample::getText)
        .containsExactly("e6", "e5", "e4", "e3", "e2");
    assertThat(buckets.get(0).getErrorLogList())
        .extracting(ErrorLogExample::getText, ErrorLogExample::getProcess)
        .containsExactly(
            tuple("e6", "pod:1/app"), tuple("e5", "pod:1/app"), tuple("e4", "pod:1/app"));
  }

  @Test
  void errorLog_ofAClosedMinute_correctsNoMinute() {
    SliStage stage = stage();
    accept(stage, Observations.block().calls(CART, NOON, 1, 0).through(NOON));
    accept(stage, Observations.block().through(NOON + 2 * MINUTE));
    buckets.clear();
    accept(stage, Observations.block().errorLog(CART, NOON, "late"));
    assertThat(buckets).isEmpty();
    assertThat(only(stage).errorLogs()).hasSize(1);
  }

  @Test
  void callers_areThoseOfTheLastHour_mostCallsFirst() {
    SliStage stage = stage();
    accept(
        stage,
        Observations.block()
            .edge("web", WEB, CART, NOON, 3, 1)
            .edge("web", WEB, CART, NOON + 6 * MINUTE, 4, 0)
            .edge("job", "main", CART, NOON + 6 * MINUTE, 9, 0)
            .through(NOON));
    // A failed call stays the example.
    assertThat(only(stage).callers())
        .containsExactly(
            new CallerSnapshot(
                new CallerKey("job", "main"), 9, 0, 9_000, Observations.trace("main0")),
            new CallerSnapshot(
                new CallerKey("web", WEB), 7, 1, 7_000, Observations.trace(WEB + "1")));

    // 13:05:10 less the settle delay of 10 s: the slot of 12:00 is no longer one of the last 12.
    accept(stage, Observations.block().through(NOON + 65 * MINUTE + 10_000));
    assertThat(only(stage).callers())
        .extracting(CallerSnapshot::calls, CallerSnapshot::errors)
        .containsExactly(tuple(9L, 0L), tuple(4L, 0L));

    accept(stage, Observations.block().through(NOON + 70 * MINUTE + 10_000));
    assertThat(only(stage).callers()).isEmpty();
  }

  @Test
  void callersOverTheBound_countAsOne() {
    SliStage stage = stage();
    Observations block = Observations.block();
    for (int i = 0; i < Callers.MAX_KEPT + 7; i++) {
      block.edge("web", "pkg/" + i, CART, NOON, 2, 0);
    }
    accept(stage, block);

    List<CallerSnapshot> callers = only(stage).callers();
    assertThat(callers).hasSize(Callers.MAX_SHOWN);
    assertThat(callers.get(0).caller()).isEqualTo(CallerKey.OTHERS);
    assertThat(callers.get(0).calls()).isEqualTo(14);
  }

  @Test
  void lostContext_isCountedByKind_andRevised() {
    SliStage stage = stage();
    accept(
        stage,
        Observations.block()
            .loss(CART, NOON, ContextLoss.Kind.MISSING_PARENT, 5, 0)
            .loss(CART, NOON, ContextLoss.Kind.MISSING_PARENT, 0, 2)
            .loss(CART, NOON, ContextLoss.Kind.CLIENT_WITHOUT_SERVER, 1, 0)
            .loss(CART, NOON, ContextLoss.Kind.KIND_UNSPECIFIED, 1, 0));

    assertThat(only(stage).losses())
        .containsExactly(
            new LossSnapshot(LossKind.MISSING_PARENT, 5, 2, Observations.trace("loss5")),
            new LossSnapshot(LossKind.CLIENT_WITHOUT_SERVER, 1, 0, Observations.trace("loss1")));
    assertThat(dropped).containsExactly(SliDrop.UNKNOWN_KIND);
  }
}

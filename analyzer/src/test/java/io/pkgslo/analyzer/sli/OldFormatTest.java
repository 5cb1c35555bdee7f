// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pkgslo.analyzer.window.SubjectKey;
import io.pkgslo.analyzer.window.Sums;
import io.pkgslo.analyzer.wire.ChunkRecord;
import io.pkgslo.analyzer.wire.SeriesRecord;
import io.pkgslo.analyzer.wire.StageRecord;
import io.pkgslo.analyzer.wire.SubjectRecord;
import io.pkgslo.model.FixedPoint;
import org.junit.jupiter.api.Test;

/**
 * State that was written by an earlier version. The records are put together here field by field,
 * as format 1 had them.
 */
class OldFormatTest {
  /** 2026-11-20T12:00:00Z. */
  private static final long NOON = 1_795_176_000_000L;

  private static final long ONE = FixedPoint.ONE;

  private final MemoryMap map = new MemoryMap();

  private void put(byte[] key, com.google.protobuf.MessageLite record) {
    map.put(key, record.toByteArray());
  }

  private SliStage stage() {
    return new SliStage(
        new StageSettings(
            0, 10_000, 93L * 86_400_000, 3_600_000, 10_000, new SubjectLimits(10, 10)),
        map,
        TestObjectives.defaults(),
        (reason, items, who) -> {});
  }

  private void writeSubject() {
    SubjectRecord.Builder subject =
        SubjectRecord.newBuilder()
            .setFormat(1)
            .setSequence(7)
            .setService("shop/checkout")
            .setVersion("1.4.0")
            .setPackage("cart")
            .setPanics(2 * ONE)
            .setPanicEpisodes(1)
            .setLastSeenMillis(NOON - 20_000)
            .addSeries(
                SeriesRecord.newBuilder()
                    .setObjective("availability")
                    .setPeriodSeconds(604_800)
                    .setValid(100 * ONE)
                    .setBad(4 * ONE));
    for (int i = 0; i < 18; i++) {
      subject.addCalls(i == 6 ? 96 * ONE : i == 8 ? 4 * ONE : 0);
    }
    put(RecordKeys.subject(1), subject.build());
  }

  private void writeChunks() {
    for (ChunkKey chunk :
        java.util.Arrays.stream(io.pkgslo.analyzer.window.BucketWidth.values())
            .map(width -> ChunkKey.of(width, NOON - 20_000))
            .toList()) {
      put(
          RecordKeys.chunk(1, chunk),
          ChunkRecord.newBuilder()
              .addPart(
                  ChunkRecord.Part.newBuilder()
                      .setSeries("availability")
                      .addOffset(chunk.width().slotOf(NOON - 20_000) - chunk.firstSlot())
                      .addValid(100 * ONE)
                      .addBad(4 * ONE))
              .build());
    }
  }

  @Test
  void format1_isReadOn() {
    put(
        RecordKeys.STAGE,
        StageRecord.newBuilder()
            .setFormat(1)
            .setNextSequence(8)
            .addAllProgress(Observations.block().through(NOON + 10_000).build().getProgressList())
            .setClosedMillis(NOON)
            .build());
    writeSubject();
    writeChunks();

    SliStage stage = stage();
    stage.accept(Observations.block().calls("cart", NOON, 10, 1).build(), new TestStage.Ignoring());
    SubjectSnapshot cart = stage.takeUnexported().subjects().get(0);
    assertThat(cart.key()).isEqualTo(new SubjectKey("shop/checkout", "1.4.0", "cart"));
    assertThat(cart.counts().allCalls()).isEqualTo(110 * ONE);
    assertThat(cart.counts().errors()).isEqualTo(5 * ONE);
    assertThat(cart.counts().panics()).isEqualTo(2 * ONE);
    assertThat(cart.counts().ownErrors()).isZero();
    SloSnapshot availability =
        cart.slos().stream()
            .filter(slo -> slo.objective().id().equals("availability"))
            .findFirst()
            .orElseThrow();
    assertThat(availability.validTotal()).isEqualTo(110 * ONE);
    assertThat(availability.windows()).allMatch(new Sums(110 * ONE, 5 * ONE)::equals);
  }

  @Test
  void laterFormat_isRefused() {
    put(RecordKeys.STAGE, StageRecord.newBuilder().setFormat(SubjectCodec.FORMAT + 1).build());
    assertThatThrownBy(this::stage).hasMessageContaining("newer version");
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import io.pkgslo.model.wire.Origin;
import io.pkgslo.model.wire.PanicReport;
import io.pkgslo.model.wire.Progress;
import io.pkgslo.model.wire.Selection;
import io.pkgslo.model.wire.SelectionSet;
import io.pkgslo.model.wire.SpanBlock;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The reader beside the generated class, on whatever bytes may come. */
class SpanBlockReaderTest {
  private static final int ROUNDS = 400;

  private final long seed = Long.getLong("pkgslo.test.seed", new Random().nextLong());
  private final Random random = new Random(seed);

  @Test
  void blocks_areReadAsTheGeneratedClassReadsThem_howeverTheyAreWritten() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      SpanBlock block = block();
      byte[] bytes = new ShuffledMessage(random).write(block);
      compare(SpanBlockReader.read(bytes), SpanBlock.parseFrom(bytes));
      compare(SpanBlockReader.read(block.toByteArray()), block);
    }
  }

  @Test
  void brokenBytes_areRefusedWhereTheGeneratedClassRefusesThem() {
    int refused = 0;
    for (int round = 0; round < 20 * ROUNDS; round++) {
      byte[] bytes = new ShuffledMessage(random).write(block());
      if (random.nextBoolean()) {
        bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
      }
      for (int flips = random.nextInt(3); flips > 0 && bytes.length > 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      SpanBlock expected;
      try {
        expected = SpanBlock.parseFrom(bytes);
      } catch (InvalidProtocolBufferException e) {
        byte[] broken = bytes;
        assertThatThrownBy(() -> SpanBlockReader.read(broken))
            .as("%s", this)
            .isInstanceOf(InvalidProtocolBufferException.class);
        refused++;
        continue;
      }
      try {
        compare(SpanBlockReader.read(bytes), expected);
      } catch (InvalidProtocolBufferException e) {
        throw new AssertionError(this + ": refused what the generated class reads", e);
      }
    }
    assertThat(refused).as("%s", this).isGreaterThan(ROUNDS);
  }

  @Override
  public String toString() {
    return "-Dpkgslo.test.seed=" + seed;
  }

  private void compare(SpanBlockReader read, SpanBlock block) {
    same(read.traceHigh.toArray(), block.getTraceIdHighList());
    same(read.traceLow.toArray(), block.getTraceIdLowList());
    same(read.spanId.toArray(), block.getSpanIdList());
    same(read.parentId.toArray(), block.getParentSpanIdList());
    same(read.originIndex.toArray(), block.getOriginIndexList());
    same(read.packageIndex.toArray(), block.getPackageIndexList());
    same(read.traits.toArray(), block.getTraitsList());
    same(read.endNanos.toArray(), block.getEndEpochNanosList());
    same(read.durationNanos.toArray(), block.getDurationNanosList());
    same(read.weight.toArray(), block.getWeightList());
    same(read.peerIndex.toArray(), block.getPeerIndexList());
    same(read.selectedRow.toArray(), block.getSelectedRowList());
    same(read.selectedSet.toArray(), block.getSelectedSetList());
    assertThat(read.progress).as("%s", this).isEqualTo(block.getProgressList());
    assertThat(read.origins).as("%s", this).isEqualTo(block.getOriginList());
    assertThat(read.packages).as("%s", this).isEqualTo(block.getPackageList());
    assertThat(read.panics).as("%s", this).isEqualTo(block.getPanicList());
    assertThat(read.peers).as("%s", this).isEqualTo(block.getPeerList());
    assertThat(read.selectionSets).as("%s", this).isEqualTo(block.getSelectionSetList());
    assertThat(read.appendedMillis).as("%s", this).isEqualTo(block.getAppendedMillis());
  }

  private void same(long[] read, List<Long> written) {
    assertThat(LongStream.of(read).boxed().toList()).as("%s", this).isEqualTo(written);
  }

  private void same(int[] read, List<Integer> written) {
    assertThat(IntStream.of(read).boxed().toList()).as("%s", this).isEqualTo(written);
  }

  /** Some rows with numbers of any size, and columns that may be of different lengths. */
  private SpanBlock block() {
    SpanBlock.Builder block =
        SpanBlock.newBuilder()
            .setAppendedMillis(number())
            .addProgress(Progress.newBuilder().setTopic("t").setThroughMillis(number()))
            .addOrigin(Origin.newBuilder().setService("shop").setRestart((int) number()))
            .addPackage("")
            .addPackage("github.com/acme/café")
            .addPeer("")
            .addPeer("host:cart:8080");
    int rows = random.nextInt(6);
    for (int row = 0; row < rows; row++) {
      block
          .addTraceIdHigh(random.nextLong())
          .addTraceIdLow(number())
          .addSpanId(number())
          .addParentSpanId(number())
          .addOriginIndex((int) number())
          .addPackageIndex(random.nextInt(3))
          .addTraits((int) number())
          .addEndEpochNanos(number())
          .addDurationNanos(number());
      if (random.nextInt(20) > 0) {
        block.addWeight(number()).addPeerIndex((int) number());
      }
    }
    if (random.nextBoolean()) {
      block
          .addPanic(PanicReport.newBuilder().setMessage("boom").setSpanIndex((int) number()))
          .addSelectedRow((int) number())
          .addSelectedSet((int) number())
          .addSelectionSet(
              SelectionSet.newBuilder().addSelection(Selection.newBuilder().setSelector(7)));
    }
    return block.build();
  }

  /** A number of any length as a varint. */
  private long number() {
    return random.nextLong() >>> random.nextInt(Long.SIZE);
  }

  @Test
  void consistency_isWhatTheStagesRelyOn() {
    SpanBlock good =
        new TestSpans.Block(0)
                .span(new TestSpans.Span(1, 1, 0, TestSpans.origin("shop", "p"), "cart", 2, 0))
                .span(new TestSpans.Span(1, 2, 1, TestSpans.origin("shop", "p"), "cart", 2, 0))
                .peer("host:cart")
                .panic(TestSpans.panic(1, 1, "", "boom"))
                .build()
                .toBuilder()
                .addSelectedRow(1)
                .addSelectedSet(0)
                .addSelectionSet(SelectionSet.getDefaultInstance())
                .build();
    assertThat(SpanFacts.of(good).isConsistent()).isTrue();
    assertThat(SpanFacts.of(good).spans().selection(0)).isNull();
    assertThat(SpanFacts.of(good).spans().selection(1)).isNotNull();
    inconsistent(good.toBuilder().addTraceIdHigh(1));
    inconsistent(good.toBuilder().addTraceIdLow(1));
    inconsistent(good.toBuilder().addSpanId(1));
    inconsistent(good.toBuilder().addParentSpanId(1));
    inconsistent(good.toBuilder().addTraits(1));
    inconsistent(good.toBuilder().addEndEpochNanos(1));
    inconsistent(good.toBuilder().addDurationNanos(1));
    inconsistent(good.toBuilder().clearWeight());
    inconsistent(good.toBuilder().addOriginIndex(0));
    inconsistent(good.toBuilder().setOriginIndex(1, 1));
    inconsistent(good.toBuilder().setOriginIndex(1, -1));
    inconsistent(good.toBuilder().addPackageIndex(0));
    inconsistent(good.toBuilder().setPackageIndex(0, 2));
    inconsistent(good.toBuilder().addPeerIndex(0));
    inconsistent(good.toBuilder().setPeerIndex(0, 2));
    inconsistent(good.toBuilder().addSelectedRow(1));
    inconsistent(good.toBuilder().setSelectedSet(0, 1));
    PanicReport.Builder nowhere = good.getPanic(0).toBuilder().setSpanIndex(2);
    inconsistent(good.toBuilder().setPanic(0, nowhere));
    assertThat(SpanFacts.of(good.toBuilder().clearPeerIndex().build()).isConsistent()).isTrue();
  }

  private static void inconsistent(SpanBlock.Builder block) {
    assertThat(SpanFacts.of(block.build()).isConsistent()).as("%s", block).isFalse();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.pkgslo.analyzer.sli.DurableMap;
import io.pkgslo.model.wire.Progress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BlockLogStoreTest {
  private final Records records = new Records();

  private void fill(BlockLogStore log, int from, int to) {
    for (int second = from; second < to; second++) {
      List<Progress> before =
          log.replayMayBegin()
              ? List.of(Progress.newBuilder().setTopic("t").setThroughMillis(second).build())
              : null;
      log.append("in", ByteString.copyFromUtf8("b" + second), before, second * 1_000L);
    }
  }

  private static List<String> replayed(BlockLogStore log) {
    List<String> seen = new ArrayList<>();
    log.replay(new Listing(seen));
    return seen;
  }

  @Test
  void replay_givesTheBlocksInOrder() {
    fill(new BlockLogStore(records), 0, 3);
    assertThat(replayed(new BlockLogStore(records)))
        .containsExactly("before 0", "b0", "b1", "b2", "unsent");
  }

  @Test
  void blocksBehindWhatWasSent_areShownBehindTheMark() {
    BlockLogStore log = new BlockLogStore(records);
    log.sent();
    fill(log, 0, 2);
    assertThat(replayed(new BlockLogStore(records)))
        .containsExactly("unsent", "before 0", "b0", "b1");
    log.sent();
    fill(log, 2, 3);
    assertThat(replayed(new BlockLogStore(records)))
        .containsExactly("before 0", "b0", "b1", "unsent", "b2");
  }

  @Test
  void prune_keepsAllThatMatters_andCutsWhereAReplayMayBegin() {
    BlockLogStore log = new BlockLogStore(records);
    fill(log, 0, 60);
    log.prune(25_000);
    List<String> seen = replayed(new BlockLogStore(records));
    // What is kept begins at a block that knows the progress before it, and before 25 s.
    assertThat(seen.get(0)).startsWith("before ");
    int first = Integer.parseInt(seen.get(1).substring(1));
    assertThat(first).isBetween(10, 25);
    assertThat(seen.get(0)).isEqualTo("before " + first);
    assertThat(seen).hasSize(2 + 60 - first).endsWith("b59", "unsent");
  }

  @Test
  void restart_goesOnBehindTheLastBlock() {
    fill(new BlockLogStore(records), 0, 20);
    BlockLogStore again = new BlockLogStore(records);
    replayed(again);
    fill(again, 20, 40);
    again.prune(35_000);
    List<String> seen = replayed(new BlockLogStore(records));
    assertThat(seen).endsWith("b39", "unsent");
    assertThat(seen.size()).isBetween(7, 21);
  }

  @Test
  void unknownTime_prunesNothing() {
    BlockLogStore log = new BlockLogStore(records);
    fill(log, 0, 60);
    log.prune(Long.MIN_VALUE);
    assertThat(replayed(new BlockLogStore(records))).hasSize(62);
  }

  private record Listing(List<String> seen) implements BlockLogStore.Replay {
    @Override
    public void before(List<Progress> progress) {
      seen.add("before " + progress.get(0).getThroughMillis());
    }

    @Override
    public void block(String topic, ByteString block) {
      seen.add(block.toStringUtf8());
    }

    @Override
    public void unsent() {
      seen.add("unsent");
    }
  }

  private static final class Records implements DurableMap {
    private final TreeMap<byte[], byte[]> map = new TreeMap<>(Arrays::compareUnsigned);

    @Override
    public byte @Nullable [] get(byte[] key) {
      return map.get(key);
    }

    @Override
    public void put(byte[] key, byte[] value) {
      map.put(key, value);
    }

    @Override
    public void delete(byte[] key) {
      map.remove(key);
    }

    @Override
    public void visit(byte[] from, byte[] to, BiConsumer<byte[], byte[]> visitor) {
      map.subMap(from, true, to, false).forEach(visitor);
    }
  }
}

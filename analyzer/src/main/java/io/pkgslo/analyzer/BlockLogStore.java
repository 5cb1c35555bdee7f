// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.pkgslo.analyzer.sli.DurableMap;
import io.pkgslo.analyzer.wire.BlockRecord;
import io.pkgslo.model.wire.Progress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The durable form of a correlator: its input blocks as far back as they matter, in order. A replay
 * can begin at some of them only, every 10 s: those that know the upstream progress before them.
 * Single-threaded.
 */
final class BlockLogStore {
  private static final byte KIND = 1;

  /** Key of the number of the first block whose output was not sent on. */
  private static final byte[] SENT = {4};

  private static final long BETWEEN_CUTS_MILLIS = 10_000;

  private final DurableMap map;
  private final Deque<Cut> cuts = new ArrayDeque<>();
  private long nextSequence;
  private boolean saysWhatIsSent;
  private long latestMillis = Long.MIN_VALUE;

  /**
   * @param sequence of the block at which a replay may begin
   * @param latestBeforeMillis latest time of the blocks before it
   */
  private record Cut(long sequence, long latestBeforeMillis) {}

  /** Takes blocks in their order. */
  interface Replay {
    /** What was heard of upstream partitions before the first block. */
    void before(List<Progress> progress);

    void block(String topic, ByteString block);

    /** The output of the blocks before was sent on, that of the blocks behind was not. */
    default void unsent() {}
  }

  BlockLogStore(DurableMap map) {
    this.map = map;
  }

  /** Shows every block that is kept. To be called once, before the first {@link #append}. */
  void replay(Replay replay) {
    byte[] sent = map.get(SENT);
    saysWhatIsSent = sent != null;
    // Whoever never says how far its output was sent has sent it with each block.
    long unsent = sent == null ? Long.MAX_VALUE : ByteBuffer.wrap(sent).getLong();
    visit(0, unsent, replay);
    replay.unsent();
    visit(unsent, Long.MAX_VALUE, replay);
  }

  /** Shows the blocks from {@code from} (inclusive) to {@code to} (exclusive). */
  private void visit(long from, long to, Replay replay) {
    map.visit(
        key(from),
        key(to),
        (key, value) -> {
          BlockRecord record = parse(value);
          if (cuts.isEmpty()) {
            replay.before(record.getBeforeList());
          }
          note(ByteBuffer.wrap(key).getLong(1), record.getReplayMayBegin(), record.getTimeMillis());
          replay.block(record.getTopic(), record.getBlock());
        });
  }

  /** Whether {@link #sent} was ever said. */
  boolean saysWhatIsSent() {
    return saysWhatIsSent;
  }

  /** Notes that all that follows from the blocks up to here was sent on. */
  void sent() {
    saysWhatIsSent = true;
    map.put(SENT, ByteBuffer.allocate(Long.BYTES).putLong(nextSequence).array());
  }

  /** Whether the next block should be one at which a replay may begin. */
  boolean replayMayBegin() {
    return cuts.isEmpty()
        || latestMillis >= cuts.getLast().latestBeforeMillis() + BETWEEN_CUTS_MILLIS;
  }

  /**
   * Writes one more block.
   *
   * @param before what was heard before the block, where a replay may begin; else null
   * @param timeMillis the block's time
   */
  void append(String topic, ByteString block, @Nullable List<Progress> before, long timeMillis) {
    BlockRecord.Builder record =
        BlockRecord.newBuilder().setTopic(topic).setTimeMillis(timeMillis).setBlock(block);
    if (before != null) {
      record.setReplayMayBegin(true).addAllBefore(before);
    }
    map.put(key(nextSequence), record.build().toByteArray());
    note(nextSequence, before != null, timeMillis);
  }

  private void note(long sequence, boolean cut, long timeMillis) {
    if (cut || cuts.isEmpty()) {
      cuts.add(new Cut(sequence, latestMillis));
    }
    latestMillis = Math.max(latestMillis, timeMillis);
    nextSequence = sequence + 1;
  }

  /** Deletes blocks whose time is before {@code replayFromMillis}, as far as a replay allows. */
  void prune(long replayFromMillis) {
    while (cuts.size() > 1) {
      Cut first = cuts.remove();
      Cut second = cuts.element();
      if (second.latestBeforeMillis() >= replayFromMillis) {
        cuts.addFirst(first);
        return;
      }
      for (long sequence = first.sequence(); sequence < second.sequence(); sequence++) {
        map.delete(key(sequence));
      }
    }
  }

  private static byte[] key(long sequence) {
    return ByteBuffer.allocate(9).put(KIND).putLong(sequence).array();
  }

  private static BlockRecord parse(byte[] bytes) {
    try {
      return BlockRecord.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a durable input block is broken", e);
    }
  }
}

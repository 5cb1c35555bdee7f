// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import com.google.protobuf.InvalidProtocolBufferException;
import io.pkgslo.model.wire.SliBlock;
import org.jspecify.annotations.Nullable;

/** Reads closed buckets. */
final class Blocks {
  private static final String REASON = "unreadable-block";

  private Blocks() {}

  /**
   * @throws UnreadableRecord when it is none; it has been counted
   */
  static SliBlock read(byte @Nullable [] value, JudgeCounters counters) {
    try {
      if (value == null) {
        throw new InvalidProtocolBufferException("no value");
      }
      return SliBlock.parseFrom(value);
    } catch (InvalidProtocolBufferException e) {
      counters.unreadableBlock();
      throw new UnreadableRecord(REASON, "no block of buckets: " + e.getMessage(), e);
    }
  }
}

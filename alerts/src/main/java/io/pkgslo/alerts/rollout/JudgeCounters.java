// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import java.util.concurrent.atomic.AtomicLong;

/** What was left out, by reason. Thread-safe; one for all tasks of an instance. */
public final class JudgeCounters {
  private final AtomicLong unreadableBlocks = new AtomicLong();
  private final AtomicLong lateBuckets = new AtomicLong();
  private final AtomicLong unreadableOrders = new AtomicLong();
  private final AtomicLong unknownOrders = new AtomicLong();

  JudgeCounters() {}

  void unreadableBlock() {
    unreadableBlocks.incrementAndGet();
  }

  void lateBucket() {
    lateBuckets.incrementAndGet();
  }

  void unreadableOrder() {
    unreadableOrders.incrementAndGet();
  }

  void unknownOrder() {
    unknownOrders.incrementAndGet();
  }

  /** Blocks that could not be read. */
  public long unreadableBlocks() {
    return unreadableBlocks.get();
  }

  /** Buckets that came after their minute was judged. */
  public long lateBuckets() {
    return lateBuckets.get();
  }

  /** Orders and markers that could not be read. */
  public long unreadableOrders() {
    return unreadableOrders.get();
  }

  /** Orders and markers that fit no rollout. */
  public long unknownOrders() {
    return unknownOrders.get();
  }
}

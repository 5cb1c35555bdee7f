// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What was opened, and what was left out by reason, since the start. Thread-safe; one for all tasks
 * of an instance.
 */
public final class JudgeCounters {
  private final AtomicLong unreadableBlocks = new AtomicLong();
  private final AtomicLong lateBuckets = new AtomicLong();
  private final AtomicLong unreadableOrders = new AtomicLong();
  private final AtomicLong unknownOrders = new AtomicLong();

  private final AtomicLong unreadableEvents = new AtomicLong();
  private final AtomicLong unreadableStates = new AtomicLong();
  private final AtomicLong unreadableDecisions = new AtomicLong();
  private final AtomicLong openedRollouts = new AtomicLong();
  private final AtomicLong aaClear = new AtomicLong();
  private final AtomicLong aaRollbacks = new AtomicLong();

  /** Nothing yet. */
  public JudgeCounters() {}

  void unreadableEvent() {
    unreadableEvents.incrementAndGet();
  }

  /** One more record that the gates cannot answer from. */
  public void unreadableState() {
    unreadableStates.incrementAndGet();
  }

  /** One more record of the ledger that cannot be listed. */
  public void unreadableDecision() {
    unreadableDecisions.incrementAndGet();
  }

  void openedRollout() {
    openedRollouts.incrementAndGet();
  }

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

  void aaCheck(boolean rolledBack) {
    (rolledBack ? aaRollbacks : aaClear).incrementAndGet();
  }

  /** A/A checks that ended without a rollback. */
  public long aaClear() {
    return aaClear.get();
  }

  /** A/A checks that would have rolled an innocent release back. */
  public long aaRollbacks() {
    return aaRollbacks.get();
  }

  /** States, objectives and verdicts that could not be read back. */
  public long unreadableStates() {
    return unreadableStates.get();
  }

  /** Decisions that could not be read back. */
  public long unreadableDecisions() {
    return unreadableDecisions.get();
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

  /** CDEvents on Kafka that could not be read. */
  public long unreadableEvents() {
    return unreadableEvents.get();
  }

  /** Rollouts that were opened. */
  public long openedRollouts() {
    return openedRollouts.get();
  }
}

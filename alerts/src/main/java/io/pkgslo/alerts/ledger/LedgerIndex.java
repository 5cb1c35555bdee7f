// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.ledger;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where the newest records of the ledger stand, by rollout and sequence. Not the records: they may
 * be large, and are read when somebody asks. Thread-safe by one lock, which is held for moments.
 */
final class LedgerIndex {
  private final int limit;
  private final Map<String, TreeMap<Long, Entry>> byRollout = new LinkedHashMap<>(16, 0.75f, true);
  private int size;

  /**
   * @param limit records that are remembered; the rollouts that were not heard of for longest go
   *     first
   */
  LedgerIndex(int limit) {
    this.limit = limit;
  }

  /** A place on the topic. */
  record Place(int partition, long offset) {}

  /**
   * One record in short.
   *
   * @param recordedMillis when it was written, epoch milliseconds
   */
  record Entry(
      String decisionId,
      String rollout,
      long sequence,
      String verdict,
      String rule,
      String reason,
      String askedBy,
      long recordedMillis,
      Place place) {}

  synchronized void add(Entry entry) {
    TreeMap<Long, Entry> chain =
        byRollout.computeIfAbsent(entry.rollout(), rollout -> new TreeMap<>());
    if (chain.put(entry.sequence(), entry) == null) {
      size++;
    }
    while (size > limit && byRollout.size() > 1) {
      var oldest = byRollout.entrySet().iterator();
      size -= oldest.next().getValue().size();
      oldest.remove();
    }
  }

  /** Null when it is not known here. */
  synchronized @Nullable Entry get(String decisionId) {
    int dash = decisionId.lastIndexOf('-');
    TreeMap<Long, Entry> chain = dash < 0 ? null : byRollout.get(decisionId.substring(0, dash));
    Long sequence = dash < 0 ? null : sequence(decisionId.substring(dash + 1));
    return chain == null || sequence == null ? null : chain.get(sequence);
  }

  private static @Nullable Long sequence(String text) {
    boolean number = !text.isEmpty() && text.length() <= 18;
    return number && text.chars().allMatch(c -> c >= '0' && c <= '9') ? Long.valueOf(text) : null;
  }

  /** The chain of a rollout in order; empty when it is not known here. */
  synchronized List<Entry> chain(String rollout) {
    TreeMap<Long, Entry> chain = byRollout.get(rollout);
    return chain == null ? List.of() : new ArrayList<>(chain.values());
  }
}

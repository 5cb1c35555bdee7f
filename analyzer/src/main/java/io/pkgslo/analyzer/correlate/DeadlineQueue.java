// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * What waits for its relatives, in the order of deadlines and, at one deadline, of arrival.
 * Mutable, single-threaded.
 */
final class DeadlineQueue<T> {
  private record Entry<T>(long deadlineMillis, long sequence, T item)
      implements Comparable<Entry<T>> {
    @Override
    public int compareTo(Entry<T> other) {
      int byDeadline = Long.compare(deadlineMillis, other.deadlineMillis);
      return byDeadline != 0 ? byDeadline : Long.compare(sequence, other.sequence);
    }
  }

  private final PriorityQueue<Entry<T>> entries = new PriorityQueue<>();
  private long sequence;

  void add(long deadlineMillis, T item) {
    entries.add(new Entry<>(deadlineMillis, sequence++, item));
  }

  /** Takes the first item whose deadline is at or before {@code millis}; null when none is. */
  @Nullable T pollDue(long millis) {
    Entry<T> first = entries.peek();
    if (first == null || first.deadlineMillis() > millis) {
      return null;
    }
    entries.remove();
    return first.item();
  }

  void clear() {
    entries.clear();
  }

  int size() {
    return entries.size();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.model.DurationBuckets;
import io.pkgslo.model.wire.SliBucket;
import java.util.Arrays;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Mutable, single-threaded: the processes of one minute of one package, by name, up to a bound, and
 * one part for all others. Nearly always there is one process; so the durations of the minute are
 * not kept beside those of its processes.
 */
final class ProcessMinutes {
  private static final int MAX_PROCESSES = 256;
  private static final ProcessMinute[] NONE = {};

  private ProcessMinute[] shares = NONE;
  private int size;

  /**
   * Processes over the bound, and what a stored minute does not say of its processes; null while
   * there is none of it.
   */
  private @Nullable ProcessMinute others;

  /** The part of {@code process}; that of all others when there is no room for one more. */
  ProcessMinute of(String process, long firstSeenMillis) {
    int position = find(process);
    if (position < 0) {
      if (size >= MAX_PROCESSES) {
        return others();
      }
      position = -position - 1;
      insert(position, new ProcessMinute(process, firstSeenMillis));
    }
    shares[position].seen(firstSeenMillis);
    return shares[position];
  }

  private ProcessMinute others() {
    if (others == null) {
      others = new ProcessMinute("", Long.MAX_VALUE);
    }
    return others;
  }

  private int find(String process) {
    int low = 0;
    int high = size - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = shares[middle].process().compareTo(process);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -low - 1;
  }

  private void insert(int position, ProcessMinute share) {
    if (size == shares.length) {
      shares = Arrays.copyOf(shares, Math.max(1, 2 * size));
    }
    System.arraycopy(shares, position, shares, position + 1, size - position);
    shares[position] = share;
    size++;
  }

  /** Takes what a stored minute says of durations and of its processes. */
  void restore(SliBucket stored) {
    stored
        .getProcessList()
        .forEach(
            share -> {
              int position = find(share.getProcess());
              if (position < 0) {
                insert(-position - 1, new ProcessMinute(share));
              }
            });
    long[] rest = rest(stored.getDurationCountCount(), stored::getDurationCount, durations());
    long[] ownRest =
        rest(stored.getOwnDurationCountCount(), stored::getOwnDurationCount, ownDurations());
    if (DurationBuckets.used(rest) + DurationBuckets.used(ownRest) > 0) {
      others().addDurations(rest.length, i -> rest[i]);
      others().addOwnDurations(ownRest.length, i -> ownRest[i]);
    }
  }

  private static long[] rest(int buckets, IntToLongFunction storedAt, long[] known) {
    long[] rest = new long[known.length];
    for (int i = 0; i < Math.min(buckets, rest.length); i++) {
      rest[i] = Math.max(0, storedAt.applyAsLong(i) - known[i]);
    }
    return rest;
  }

  /** Calls per duration bucket. */
  long[] durations() {
    long[] sums = new long[DurationBuckets.COUNT];
    if (others != null) {
      others.addDurationsTo(sums);
    }
    for (int i = 0; i < size; i++) {
      shares[i].addDurationsTo(sums);
    }
    return sums;
  }

  /** Likewise, by the calls' own time. */
  long[] ownDurations() {
    long[] sums = new long[DurationBuckets.COUNT];
    if (others != null) {
      others.addOwnDurationsTo(sums);
    }
    for (int i = 0; i < size; i++) {
      shares[i].addOwnDurationsTo(sums);
    }
    return sums;
  }

  /** Writes durations and processes, in order of their names. */
  void addTo(SliBucket.Builder bucket) {
    for (long count : durations()) {
      bucket.addDurationCount(count);
    }
    for (long count : ownDurations()) {
      bucket.addOwnDurationCount(count);
    }
    for (int i = 0; i < size; i++) {
      bucket.addProcess(shares[i].toShare());
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.record;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The records of one poll in groups of nearly one append time. A block of facts has one append time
 * for all of its items, by which duplicates are forgotten and relatives are waited for: if what is
 * read of a partition that lags by an hour shared a block with what was appended just now, it would
 * seem to be as young.
 */
final class AppendOrder {
  /** Small beside the settle delay and the duplicate horizon, and long beside a poll under load. */
  private static final long WIDTH_MILLIS = 1_000;

  private AppendOrder() {}

  /**
   * Some records, in the order of their append times.
   *
   * @param fromMillis lowest append time of them, and of those before that they share blocks with
   * @param appendedMillis highest append time of them
   */
  record Group(
      long fromMillis, long appendedMillis, List<ConsumerRecord<byte[], ByteBuffer>> records) {
    /** This group with the times of the one before it; null if they must not share blocks. */
    @Nullable Group behind(Group before) {
      long from = Math.min(fromMillis, before.fromMillis);
      long to = Math.max(appendedMillis, before.appendedMillis);
      return to - from < WIDTH_MILLIS ? new Group(from, to, records) : null;
    }
  }

  private record Timed(long millis, ConsumerRecord<byte[], ByteBuffer> record) {}

  /** Every record in one group; groups from early to late, none without records. */
  static List<Group> of(
      Iterable<ConsumerRecord<byte[], ByteBuffer>> records,
      ToLongFunction<ConsumerRecord<byte[], ByteBuffer>> appendedMillis) {
    List<Timed> ordered = new ArrayList<>();
    records.forEach(record -> ordered.add(new Timed(appendedMillis.applyAsLong(record), record)));
    // Stable: records of one time stay in the order of their partition.
    ordered.sort(Comparator.comparingLong(Timed::millis));
    List<Group> groups = new ArrayList<>();
    for (int from = 0; from < ordered.size(); ) {
      int to = from;
      List<ConsumerRecord<byte[], ByteBuffer>> together = new ArrayList<>();
      while (to < ordered.size()
          && ordered.get(to).millis() - ordered.get(from).millis() < WIDTH_MILLIS) {
        together.add(ordered.get(to).record());
        to++;
      }
      groups.add(new Group(ordered.get(from).millis(), ordered.get(to - 1).millis(), together));
      from = to;
    }
    return groups;
  }
}

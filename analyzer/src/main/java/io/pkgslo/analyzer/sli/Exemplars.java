// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import com.google.protobuf.ByteString;
import io.pkgslo.model.DurationBuckets;
import java.nio.ByteBuffer;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;

/**
 * Mutable, single-threaded: one exemplar at most for each of {@link DurationBuckets}. Nearly every
 * row of calls brings one, so they are numbers in one array.
 */
final class Exemplars {
  private static final int TRACE_ID_BYTES = 16;
  private static final int NUMBERS = 4;
  private static final int DURATION = 2;

  /** Both halves of the trace id, duration and time of each, by bucket, without gaps. */
  private long[] kept = {};

  /** Takes the place of the one in the same bucket; ids that are none of a trace are ignored. */
  void set(ByteString traceId, long durationNanos, long epochMillis) {
    if (traceId.size() != TRACE_ID_BYTES) {
      return;
    }
    int at = room(DurationBuckets.indexOf(durationNanos));
    ByteBuffer id = traceId.asReadOnlyByteBuffer();
    kept[at] = id.getLong();
    kept[at + 1] = id.getLong();
    kept[at + DURATION] = durationNanos;
    kept[at + DURATION + 1] = epochMillis;
  }

  private int room(int bucket) {
    int at = 0;
    while (at < kept.length && bucketAt(at) < bucket) {
      at += NUMBERS;
    }
    if (at == kept.length || bucketAt(at) != bucket) {
      long[] more = Arrays.copyOf(kept, kept.length + NUMBERS);
      System.arraycopy(kept, at, more, at + NUMBERS, kept.length - at);
      kept = more;
    }
    return at;
  }

  private int bucketAt(int at) {
    return DurationBuckets.indexOf(kept[at + DURATION]);
  }

  /** As they are now, in order of their durations. */
  List<Exemplar> snapshot() {
    return kept.length == 0 ? List.of() : new Snapshot(kept.clone());
  }

  /** Immutable: most are never looked at before the next ones take their place. */
  static final class Snapshot extends AbstractList<Exemplar> implements RandomAccess {
    private final long[] kept;

    private Snapshot(long[] kept) {
      this.kept = kept;
    }

    @Override
    public Exemplar get(int index) {
      int at = NUMBERS * index;
      byte[] id =
          ByteBuffer.allocate(TRACE_ID_BYTES).putLong(kept[at]).putLong(kept[at + 1]).array();
      return new Exemplar(ByteString.copyFrom(id), kept[at + DURATION], kept[at + DURATION + 1]);
    }

    @Override
    public int size() {
      return kept.length / NUMBERS;
    }
  }
}

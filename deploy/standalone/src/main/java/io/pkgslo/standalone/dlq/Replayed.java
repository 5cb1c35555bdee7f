// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.dlq;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters of one partition were sent again: all before an offset, and single ones behind
 * it, where a filter left others standing. It is kept as a committed offset, whose metadata names
 * the single ones as ranges such as {@code 7-9,12}. Mutable, single-threaded.
 */
final class Replayed {
  /** The default of {@code offset.metadata.max.bytes}. */
  static final int MAX_METADATA = 4096;

  private static final String FORM = "pkgslo-dlq-1:";

  private final TreeSet<Long> behind = new TreeSet<>();
  private long before;

  private Replayed(long before) {
    this.before = before;
  }

  /**
   * What a committed offset says; nothing was sent again where there is none.
   *
   * @throws IllegalStateException when the metadata is not ours
   */
  static Replayed of(@Nullable OffsetAndMetadata committed) {
    if (committed == null) {
      return new Replayed(0);
    }
    Replayed replayed = new Replayed(committed.offset());
    String metadata = committed.metadata();
    if (metadata == null || metadata.isEmpty()) {
      return replayed;
    }
    try {
      if (!metadata.startsWith(FORM)) {
        throw new NumberFormatException(metadata);
      }
      for (String range : metadata.substring(FORM.length()).split(",")) {
        String[] ends = range.split("-", 2);
        long last = Long.parseLong(ends[ends.length - 1]);
        for (long offset = Long.parseLong(ends[0]); offset <= last; offset++) {
          replayed.behind.add(offset);
        }
      }
      return replayed;
    } catch (NumberFormatException e) {
      throw new IllegalStateException("the offset's metadata is not ours: " + metadata, e);
    }
  }

  boolean contains(long offset) {
    return offset < before || behind.contains(offset);
  }

  /** First offset that may not have been sent again. */
  long firstOpen() {
    return before;
  }

  /**
   * Takes note of one more.
   *
   * @param standing whether some letter before it is left standing
   */
  void add(long offset, boolean standing) {
    if (standing) {
      behind.add(offset);
    } else {
      before = offset + 1;
      behind.headSet(before).clear();
    }
  }

  /** What is to be committed. */
  OffsetAndMetadata toCommit() {
    return new OffsetAndMetadata(before, behind.isEmpty() ? "" : FORM + ranges());
  }

  /** Whether what is to be committed fits. */
  boolean fits() {
    return toCommit().metadata().length() <= MAX_METADATA;
  }

  private String ranges() {
    List<String> ranges = new ArrayList<>();
    long first = -1;
    long last = -2;
    for (long offset : behind) {
      if (offset != last + 1) {
        addRange(ranges, first, last);
        first = offset;
      }
      last = offset;
    }
    addRange(ranges, first, last);
    return String.join(",", ranges);
  }

  private static void addRange(List<String> ranges, long first, long last) {
    if (first >= 0) {
      ranges.add(first == last ? Long.toString(first) : first + "-" + last);
    }
  }
}

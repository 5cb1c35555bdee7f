// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import io.pkgslo.model.wire.Progress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far all upstream partitions of a task have been worked off: the smallest of what they report.
 * It never goes back; that one partition lags holds it and loses nothing. Mutable, single-threaded.
 */
public final class Watermark {
  /** Before every partition of every expected topic was heard of. */
  public static final long UNKNOWN = Long.MIN_VALUE;

  private final Map<String, long[]> throughMillis = new TreeMap<>();
  private final Collection<String> expected;
  private long millis = UNKNOWN;

  /**
   * @param expectedTopics upstream topics that must all be heard of; progress of others is ignored
   */
  public Watermark(Collection<String> expectedTopics) {
    if (expectedTopics.isEmpty()) {
      throw new IllegalArgumentException("expectedTopics must not be empty");
    }
    expected = List.copyOf(expectedTopics);
  }

  /** Epoch milliseconds, or {@link #UNKNOWN}. */
  public long millis() {
    return millis;
  }

  /**
   * Takes in what a block reports. A smaller time than before is ignored; so is a smaller number of
   * partitions.
   *
   * @return true if the watermark moved
   */
  public boolean accept(Iterable<Progress> progress) {
    boolean moved = false;
    for (Progress entry : progress) {
      if (expected.contains(entry.getTopic())) {
        moved |= accept(entry);
      }
    }
    return moved && advance();
  }

  private boolean accept(Progress entry) {
    long[] known = throughMillis.get(entry.getTopic());
    int partitions = Math.max(entry.getPartitions(), 0);
    if (known == null || known.length < partitions) {
      long[] grown = new long[partitions];
      Arrays.fill(grown, UNKNOWN);
      if (known != null) {
        System.arraycopy(known, 0, grown, 0, known.length);
      }
      throughMillis.put(entry.getTopic(), grown);
      known = grown;
    }
    int partition = entry.getPartition();
    if (partition >= 0 && partition < known.length) {
      known[partition] = Math.max(known[partition], entry.getThroughMillis());
    }
    return true;
  }

  private boolean advance() {
    long lowest = Long.MAX_VALUE;
    for (String topic : expected) {
      long[] known = throughMillis.get(topic);
      if (known == null) {
        return false;
      }
      for (long through : known) {
        lowest = Math.min(lowest, through);
      }
    }
    // No topic exists at all: nothing came, and nothing says what time it is.
    if (lowest == Long.MAX_VALUE || lowest <= millis) {
      return false;
    }
    millis = lowest;
    return true;
  }

  /**
   * What was taken in, by topic and partition. Fed to a new watermark it gives this one, except
   * where a topic has grown meanwhile: then the new one waits for the partitions that were added.
   */
  public List<Progress> entries() {
    List<Progress> entries = new ArrayList<>();
    throughMillis.forEach(
        (topic, known) -> {
          if (known.length == 0) {
            entries.add(Progress.newBuilder().setTopic(topic).build());
          }
          for (int partition = 0; partition < known.length; partition++) {
            entries.add(
                Progress.newBuilder()
                    .setTopic(topic)
                    .setPartition(partition)
                    .setPartitions(known.length)
                    .setThroughMillis(known[partition])
                    .build());
          }
        });
    return entries;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang.crash;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Mutable, single-threaded: puts lines that arrive in any order back into the order of their times;
 * lines of equal time keep their order of arrival. Bounded: over the limit the earliest lines leave
 * before their time.
 */
final class LineBuffer {
  /** Takes lines in order. */
  @FunctionalInterface
  interface Sink {
    void line(long timeNanos, String line);
  }

  static final int MAX_LINES = 4096;
  static final int MAX_CHARS = 1 << 20;
  static final int MAX_LINE_CHARS = 4096;

  private record Place(long timeNanos, long arrival) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int byTime = Long.compare(timeNanos, other.timeNanos);
      return byTime != 0 ? byTime : Long.compare(arrival, other.arrival);
    }
  }

  private final NavigableMap<Place, String> lines = new TreeMap<>();
  private long arrivals;
  private int chars;

  void add(long timeNanos, String line, Sink sink) {
    String bounded = line.length() <= MAX_LINE_CHARS ? line : line.substring(0, MAX_LINE_CHARS);
    lines.put(new Place(timeNanos, arrivals++), bounded);
    chars += bounded.length();
    while (lines.size() > MAX_LINES || chars > MAX_CHARS) {
      releaseFirst(sink);
    }
  }

  /** Hands out all lines up to and including this time. */
  void release(long untilNanos, Sink sink) {
    while (!lines.isEmpty() && lines.firstKey().timeNanos() <= untilNanos) {
      releaseFirst(sink);
    }
  }

  boolean isEmpty() {
    return lines.isEmpty();
  }

  /** Time of the earliest line; only when there is one. */
  long firstTimeNanos() {
    return lines.firstKey().timeNanos();
  }

  private void releaseFirst(Sink sink) {
    Map.Entry<Place, String> first = lines.pollFirstEntry();
    if (first != null) {
      chars -= first.getValue().length();
      sink.line(first.getKey().timeNanos(), first.getValue());
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import io.pkgslo.golang.crash.CrashAutomaton;
import io.pkgslo.golang.crash.GoEvent;
import io.pkgslo.golang.init.InitLine;
import io.pkgslo.model.wire.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The lines of one stream of one process on their way to the automaton: held until they are due, so
 * that they go in the order of their times however they arrived. Mutable, single-threaded.
 */
final class LineStream {
  /** Lines of one crash follow each other this closely, whatever time stands between crashes. */
  private static final long CRASH_GAP_NANOS = 100_000_000L;

  private static final int MAX_LINES = 1 << 14;
  private static final double NANOS_PER_MILLI = 1e6;

  private record Place(long timeNanos, long arrival) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int byTime = Long.compare(timeNanos, other.timeNanos);
      return byTime != 0 ? byTime : Long.compare(arrival, other.arrival);
    }
  }

  private final ProcessState process;
  private final Origin origin;
  private final CrashAutomaton automaton = new CrashAutomaton();
  private final InitOrder initOrder = new InitOrder();
  private InitRuns.@Nullable Run run;
  private final TreeMap<Place, String> held = new TreeMap<>();
  private long arrivals;
  private long lastFedNanos = Long.MIN_VALUE;
  private long arrivedMillis;

  LineStream(ProcessState process, Origin origin) {
    this.process = process;
    this.origin = origin;
  }

  ProcessState process() {
    return process.current();
  }

  Origin origin() {
    return origin;
  }

  /**
   * The process run that an init line belongs to; lines are given in the order in which they were
   * read.
   */
  InitRuns.Run runOf(InitLine line, long timeNanos, InitRuns runs) {
    boolean starts = initOrder.startsRun(line);
    if (run == null || starts) {
      long atNanos = (long) (line.atMillis() * NANOS_PER_MILLI);
      run = runs.beginLines(timeNanos - line.clockNanos() - atNanos);
    }
    return run;
  }

  /** Append time of the latest line. */
  long arrivedMillis() {
    return arrivedMillis;
  }

  /**
   * Holds a line.
   *
   * @return false if it comes too late for its place in the order, or drives another one out early
   */
  boolean add(long timeNanos, String text, long lineArrivedMillis) {
    arrivedMillis = Math.max(arrivedMillis, lineArrivedMillis);
    held.put(new Place(timeNanos, arrivals++), text);
    return timeNanos >= lastFedNanos && held.size() <= MAX_LINES;
  }

  /** Reads what exceeds the bound, in order. */
  List<GoEvent> readExcess() {
    List<GoEvent> events = new ArrayList<>();
    while (held.size() > MAX_LINES) {
      feedFirst(events);
    }
    return events;
  }

  /** Reads all lines up to a time; ends what is open unless a line that is held may continue it. */
  List<GoEvent> readUntil(long untilNanos) {
    List<GoEvent> events = new ArrayList<>();
    while (!held.isEmpty() && held.firstKey().timeNanos() <= untilNanos) {
      feedFirst(events);
    }
    if (held.isEmpty() || held.firstKey().timeNanos() - lastFedNanos > CrashAutomaton.IDLE_NANOS) {
      automaton.flush(events);
    }
    return events;
  }

  /**
   * Reads all lines up to a time, and those that follow closely, and ends what is open: whatever is
   * near that time and has arrived is read.
   */
  List<GoEvent> readAround(long untilNanos) {
    List<GoEvent> events = new ArrayList<>();
    while (!held.isEmpty()
        && (held.firstKey().timeNanos() <= untilNanos
            || held.firstKey().timeNanos() - lastFedNanos <= CRASH_GAP_NANOS)) {
      feedFirst(events);
    }
    automaton.flush(events);
    return events;
  }

  private void feedFirst(List<GoEvent> events) {
    Map.Entry<Place, String> first = held.pollFirstEntry();
    lastFedNanos = Math.max(lastFedNanos, first.getKey().timeNanos());
    automaton.feed(first.getKey().timeNanos(), first.getValue(), events);
  }

  int held() {
    return held.size();
  }
}

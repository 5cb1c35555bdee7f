// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import io.pkgslo.golang.crash.CrashAutomaton;
import io.pkgslo.golang.crash.GoEvent;
import io.pkgslo.golang.crash.GoPanic;
import io.pkgslo.golang.crash.PanicText;
import io.pkgslo.golang.init.InitLine;
import io.pkgslo.golang.log.LogWrapper;
import io.pkgslo.golang.log.TextLines;
import io.pkgslo.golang.stack.BlamePolicy;
import io.pkgslo.model.wire.Origin;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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

  /** The automaton has ended a report when a line this much later than its first was read. */
  private static final long OPEN_NANOS = 2 * CrashAutomaton.IDLE_NANOS;

  private static final int MAX_OPEN = 1 << 12;

  private record Line(long timeNanos, String text) {}

  private record Piece(String text, boolean partial) {}

  private record Place(long timeNanos, long arrival) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int byTime = Long.compare(timeNanos, other.timeNanos);
      return byTime != 0 ? byTime : Long.compare(arrival, other.arrival);
    }
  }

  private final ProcessState process;
  private final Origin origin;
  private final BlamePolicy policy;
  private final CrashAutomaton automaton;
  private final InitOrder initOrder = new InitOrder();
  private InitRuns.@Nullable Run run;
  private final TreeMap<Place, Piece> held = new TreeMap<>();
  private final LinePieces pieces = new LinePieces();

  /** The runtime writes nothing there: only records that were split are read. */
  private final boolean stdout;

  /** Lines that were read but may be part of what is still open. */
  private final Deque<Line> open = new ArrayDeque<>();

  /** Held lines that may show an initialiser's frame. */
  private int heldInitialisers;

  /** When the latest crash began that was told before it settled. */
  private long toldEarlyNanos = Long.MIN_VALUE;

  private long arrivals;
  private long lastFedNanos = Long.MIN_VALUE;

  LineStream(ProcessState process, Origin origin, boolean stdout, BlamePolicy policy) {
    this.process = process;
    this.origin = origin;
    this.stdout = stdout;
    this.policy = policy;
    this.automaton = new CrashAutomaton(policy);
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

  /**
   * Holds a line.
   *
   * @param partial the next line of the stream continues it
   * @return false if it comes too late for its place in the order, or drives another one out early
   */
  boolean add(long timeNanos, String text, boolean partial) {
    held.put(new Place(timeNanos, arrivals++), new Piece(text, partial));
    heldInitialisers += EarlyCrash.mayShow(text) ? 1 : 0;
    return timeNanos >= lastFedNanos && held.size() <= MAX_LINES;
  }

  /** Whether lines that are held may show a crash in initialisation. */
  boolean mayShowInitCrash() {
    return heldInitialisers > 0;
  }

  /** False for a crash that was told before it settled. */
  boolean isNewCrash(GoEvent.Panicked crash) {
    return crash.firstTimeNanos() > toldEarlyNanos;
  }

  void toldEarly(GoEvent.Panicked crash) {
    toldEarlyNanos = crash.firstTimeNanos();
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
      flush(events);
    }
    return events;
  }

  /**
   * What the lines that are not read to their end would tell if nothing else came. Changes nothing.
   *
   * @param untilNanos lines after it are left out, unless they follow closely
   */
  List<GoEvent> peek(long untilNanos) {
    if (open.isEmpty() && (held.isEmpty() || held.firstKey().timeNanos() > untilNanos)) {
      return List.of();
    }
    List<GoEvent> events = new ArrayList<>();
    CrashAutomaton reader = new CrashAutomaton(policy);
    open.forEach(line -> reader.feed(line.timeNanos(), line.text(), events));
    LinePieces joined = pieces.copy();
    LinePieces.Sink feed = (nanos, text, split) -> feed(reader, nanos, text, split, events);
    long lastNanos = lastFedNanos;
    for (Map.Entry<Place, Piece> line : held.entrySet()) {
      long timeNanos = line.getKey().timeNanos();
      if (timeNanos > untilNanos && timeNanos - lastNanos > CRASH_GAP_NANOS) {
        break;
      }
      joined.take(timeNanos, line.getValue().text(), line.getValue().partial(), feed);
      lastNanos = timeNanos;
    }
    joined.flush(feed);
    reader.flush(events);
    return events;
  }

  /**
   * Reads the lines of a panic that are all here although some of them are not due: those up to its
   * first line, and those that follow closely.
   */
  List<GoEvent> readPanic(long firstNanos) {
    List<GoEvent> events = new ArrayList<>();
    while (!held.isEmpty()
        && (held.firstKey().timeNanos() <= firstNanos
            || held.firstKey().timeNanos() - lastFedNanos <= CRASH_GAP_NANOS)) {
      feedFirst(events);
    }
    flush(events);
    return events;
  }

  private void flush(List<GoEvent> events) {
    pieces.flush((nanos, text, split) -> feed(automaton, nanos, text, split, events));
    automaton.flush(events);
    open.clear();
  }

  private void feedFirst(List<GoEvent> events) {
    Map.Entry<Place, Piece> first = held.pollFirstEntry();
    long timeNanos = first.getKey().timeNanos();
    Piece piece = first.getValue();
    heldInitialisers -= EarlyCrash.mayShow(piece.text()) ? 1 : 0;
    pieces.take(
        timeNanos,
        piece.text(),
        piece.partial(),
        (nanos, text, split) -> feedLine(nanos, text, split, events));
    lastFedNanos = Math.max(lastFedNanos, timeNanos);
  }

  private void feedLine(long timeNanos, String text, boolean split, List<GoEvent> events) {
    int before = events.size();
    boolean ofAutomaton = feed(automaton, timeNanos, text, split, events);
    // Lines come in order, so the automaton need not wait for earlier ones.
    automaton.expire(timeNanos + CrashAutomaton.IDLE_NANOS - 1, events);
    boolean ended =
        events.subList(before, events.size()).stream()
            .anyMatch(event -> event instanceof GoEvent.Panicked);
    long openNanos = ended ? lastFedNanos : timeNanos - OPEN_NANOS;
    while (!open.isEmpty() && open.getFirst().timeNanos() < openNanos) {
      open.removeFirst();
    }
    if (ofAutomaton && open.size() < MAX_OPEN) {
      open.addLast(new Line(timeNanos, text));
    }
  }

  /**
   * Reads one line: a record of the program's logger that was too long for one line of its
   * container tells its panics itself (ingest reads those that came whole), everything else goes to
   * the automaton.
   *
   * @return false if the automaton does not see the line
   */
  private boolean feed(
      CrashAutomaton reader, long timeNanos, String text, boolean split, List<GoEvent> events) {
    if (split && LogWrapper.isJson(text)) {
      for (GoPanic panic : PanicText.find(text, policy)) {
        events.add(new GoEvent.Panicked(panic, timeNanos));
      }
      return false;
    }
    if (stdout) {
      return false;
    }
    if (split || text.endsWith("}")) {
      // Ingest left it whole because it may have been the end of a record; it is none.
      TextLines.of(text).forEach(line -> reader.feed(timeNanos, line, events));
    } else {
      reader.feed(timeNanos, text, events);
    }
    return true;
  }

  int held() {
    return held.size();
  }
}

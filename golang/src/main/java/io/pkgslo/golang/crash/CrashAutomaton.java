// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang.crash;

import io.pkgslo.golang.init.InitLine;
import io.pkgslo.golang.log.LogWrapper;
import io.pkgslo.golang.log.TextLines;
import io.pkgslo.golang.stack.BlamePolicy;
import java.util.List;

/**
 * Mutable, single-threaded: understands the raw output of one process on one stream, whatever a
 * transport did to it (reference: go-telemetry.md 2.6 and 2.7). Lines may come one by one or many
 * in a body, in any order within the idle time, stripped of tabs and empty lines, with other lines
 * between them. Equal sets of lines with distinct times give equal events, in the order of time.
 *
 * <p>All times are of one scale, the lines' own; no clock is read. Memory is bounded by {@link
 * LineBuffer} and one open report.
 *
 * <p>Reports of kind {@code recovered} (net/http, gin, klog, …) come from loggers that write to the
 * same stream: for the rule that reports of different kinds of source may be one panic, they are
 * logs, only a crash is stderr's own.
 */
public final class CrashAutomaton {
  /** Silence that ends a report, and the time within which lines are put in order. */
  public static final long IDLE_NANOS = 5_000_000_000L;

  private final LineBuffer buffer = new LineBuffer();
  private final BlamePolicy policy;
  private long latestNanos = Long.MIN_VALUE;
  private long releasedNanos = Long.MIN_VALUE;
  private List<GoEvent> sink = List.of();
  private final PanicReader reader;

  public CrashAutomaton() {
    this(BlamePolicy.DEFAULT);
  }

  public CrashAutomaton(BlamePolicy policy) {
    this.policy = policy;
    this.reader = new PanicReader(this.policy, IDLE_NANOS, this::panicked);
  }

  /**
   * Takes a line, or a body of several lines.
   *
   * @param timeNanos the line's own time, as the transport gave it
   * @param out gets the events that are complete by now
   */
  public void feed(long timeNanos, String line, List<GoEvent> out) {
    sink = out;
    String inner = LogWrapper.unwrapShipper(line).line();
    for (String part : TextLines.of(inner)) {
      if (timeNanos < releasedNanos) {
        process(timeNanos, part); // its place in the order has passed
      } else {
        buffer.add(timeNanos, part, this::process);
      }
    }
    latestNanos = Math.max(latestNanos, timeNanos);
    advance(latestNanos);
  }

  /** Tells that time has passed; a silent process needs it for its last report. */
  public void expire(long nowNanos, List<GoEvent> out) {
    sink = out;
    advance(nowNanos);
    boolean silent = !reader.isIdle() && reader.lastNanos() <= nowNanos - IDLE_NANOS;
    boolean alone = buffer.isEmpty() || buffer.firstTimeNanos() > reader.lastNanos() + IDLE_NANOS;
    if (silent && alone) {
      reader.finish();
    }
  }

  /** Ends the stream: everything that is held comes out. */
  public void flush(List<GoEvent> out) {
    sink = out;
    buffer.release(Long.MAX_VALUE, this::process);
    reader.finish();
  }

  /** True when nothing is held; the automaton may then be thrown away. */
  public boolean isIdle() {
    return buffer.isEmpty() && reader.isIdle();
  }

  private void advance(long nowNanos) {
    if (nowNanos >= Long.MIN_VALUE + IDLE_NANOS) {
      buffer.release(nowNanos - IDLE_NANOS, this::process);
    }
  }

  private void process(long timeNanos, String line) {
    releasedNanos = Math.max(releasedNanos, timeNanos);
    List<InitLine> inits = InitLine.findAll(line);
    for (InitLine init : inits) {
      sink.add(new GoEvent.Initialised(init, timeNanos));
    }
    if (inits.isEmpty()) {
      reader.read(timeNanos, line);
    }
  }

  private void panicked(GoPanic panic, long firstNanos) {
    sink.add(new GoEvent.Panicked(panic, firstNanos));
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang.crash;

import io.pkgslo.golang.stack.BlamePolicy;
import io.pkgslo.golang.stack.StackLine;
import org.jspecify.annotations.Nullable;

/**
 * Mutable, single-threaded: reads lines in their order and finds the reports in them (reference:
 * go-telemetry.md 2.6, 2.7, 3). Lines of other writers in between do not end a report; a second
 * goroutine, a new report, silence or the line limit do. One look at each line, bounded memory.
 */
final class PanicReader {
  /** Takes finished reports. */
  @FunctionalInterface
  interface Sink {
    void panicked(GoPanic panic, long firstNanos);
  }

  private static final int MAX_MESSAGE = PanicMessage.MAX_LENGTH;

  private final BlamePolicy policy;
  private final long idleNanos;
  private final Sink sink;
  private @Nullable OpenPanic open;

  /** After the runtime's dump: the other goroutines of it are passed over. */
  private boolean draining;

  private long lastNanos;
  private String lastText = "";
  private long lastTextNanos;

  PanicReader(BlamePolicy policy, long idleNanos, Sink sink) {
    this.policy = policy;
    this.idleNanos = idleNanos;
    this.sink = sink;
  }

  /** True when no line that was read can still matter. */
  boolean isIdle() {
    return open == null && !draining;
  }

  /** Time of the last line that belonged to a report. */
  long lastNanos() {
    return lastNanos;
  }

  void read(long nanos, String rawLine) {
    if (!isIdle() && nanos - lastNanos > idleNanos) {
      finish();
    }
    String line = rawLine.strip();
    if (line.isEmpty() || line.charAt(0) == '{') {
      return; // a structured record is another writer's
    }
    int header = headerWithin(line);
    if (header > 0 && saysSomething(line, header)) {
      readOne(nanos, withoutKey(line.substring(0, header).strip()), false);
    }
    boolean indented = header <= 0 && rawLine.charAt(0) == '\t';
    readOne(nanos, line.substring(Math.max(0, header)), indented);
  }

  /** Ends what is open, because no further line can belong to it. */
  void finish() {
    OpenPanic panic = open;
    open = null;
    draining = false;
    if (panic != null) {
      emit(panic);
    }
  }

  private void emit(OpenPanic panic) {
    GoPanic report = panic.build(policy);
    if (report != null) {
      sink.panicked(report, panic.firstNanos());
    }
  }

  /** echo and quoting loggers put the goroutine's header behind their text, on one line. */
  private static int headerWithin(String line) {
    int at = line.endsWith(":") ? line.lastIndexOf("goroutine ") : -1;
    boolean header = at > 0 && StackLine.of(line.substring(at)).kind() == StackLine.Kind.GOROUTINE;
    return header ? at : -1;
  }

  /** Without the name of the quoted field that the stack is the value of, as in logfmt. */
  private static String withoutKey(String text) {
    int blank = text.endsWith("=\"") ? text.lastIndexOf(' ') : -1;
    return blank < 0 ? text : text.substring(0, blank);
  }

  /** False for a date alone, which a logger put before a stack: the line above has the words. */
  private static boolean saysSomething(String line, int end) {
    for (int i = 0; i < end; i++) {
      if (Character.isLetter(line.charAt(i)) && line.charAt(i) != 'T' && line.charAt(i) != 'Z') {
        return true;
      }
    }
    return false;
  }

  private void readOne(long nanos, String line, boolean indented) {
    PanicHead head = PanicHead.of(line);
    if (head != null) {
      head(nanos, head, indented);
      return;
    }
    StackLine parsed = StackLine.of(line);
    OpenPanic panic = open;
    if (panic == null) {
      outside(nanos, line, parsed);
      return;
    }
    switch (panic.add(parsed, line, indented)) {
      case TAKEN -> lastNanos = nanos;
      case FOREIGN -> foreign(nanos, line, panic);
      case ENDED -> ended(nanos, line, parsed, panic);
    }
  }

  private void head(long nanos, PanicHead head, boolean indented) {
    if (head.standsAlone()) {
      emit(new OpenPanic(head, nanos, indented));
      return;
    }
    OpenPanic before = open;
    if (head.form() == PanicForm.STATEMENT && before != null) {
      if (before.isToldBy(head)) {
        lastNanos = nanos;
        return;
      }
      if (before.form() == PanicForm.CRASH) {
        emit(new OpenPanic(head, nanos, indented)); // of another goroutine, while the dump goes on
        return;
      }
    }
    boolean ofOpen = open != null && open.chain(head, indented);
    // With GOTRACEBACK=crash the runtime raises a signal in every thread after its dump.
    boolean ofDump = draining && head.kind() == PanicKind.SIGNAL;
    if (!ofOpen && !ofDump) {
      finish();
      draining = head.ignored();
      open = head.ignored() ? null : new OpenPanic(head, nanos, indented);
    }
    lastNanos = nanos;
  }

  private void outside(long nanos, String line, StackLine parsed) {
    switch (parsed.kind()) {
      case GOROUTINE, CALL, BARE_CALL -> {
        if (!draining) {
          boolean announced = nanos - lastTextNanos <= idleNanos;
          OpenPanic panic =
              new OpenPanic(PanicHead.unannounced(announced ? lastText : ""), nanos, false);
          panic.add(parsed, line, false);
          open = panic;
        }
        lastNanos = nanos;
      }
      case FILE, GIN_FILE, CREATED_BY, NO_FRAME, SYSTEM_STACK -> lastNanos = nanos;
      case OTHER, EMPTY -> remember(nanos, line);
    }
  }

  private void foreign(long nanos, String line, OpenPanic panic) {
    if (panic.form() == PanicForm.LOGGED_STACK && !panic.hasPanicFrame()) {
      open = null; // some stack, but no panic so far: the next line may announce another
      remember(nanos, line);
    }
  }

  private void ended(long nanos, String line, StackLine parsed, OpenPanic panic) {
    boolean dump = panic.form() == PanicForm.CRASH;
    String header = panic.takeSecondHeader();
    finish();
    draining = dump;
    lastNanos = nanos;
    if (!dump && header != null) {
      readOne(nanos, header, false);
      readOne(nanos, line, false);
    } else if (!dump && parsed.kind() == StackLine.Kind.GOROUTINE) {
      outside(nanos, line, parsed);
    }
  }

  private void remember(long nanos, String line) {
    lastTextNanos = nanos;
    if (line.endsWith(":") && line.regionMatches(true, 0, "stack", 0, "stack".length())) {
      return; // the heading of a stack: what was said is above it
    }
    lastText = line.length() <= MAX_MESSAGE ? line : line.substring(0, MAX_MESSAGE);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang.crash;

import io.pkgslo.golang.stack.Blame;
import io.pkgslo.golang.stack.BlamePolicy;
import io.pkgslo.golang.stack.Blamed;
import io.pkgslo.golang.stack.StackBuilder;
import io.pkgslo.golang.stack.StackLine;
import io.pkgslo.golang.stack.StackTrace;
import org.jspecify.annotations.Nullable;

/**
 * Mutable, single-threaded: one report while its lines come in. It knows two blocks: the one below
 * the goroutine header, and one that the panic's value may carry in front of it (singleflight,
 * conc, timeouts that pass a panic on).
 */
final class OpenPanic {
  /** What a line meant to this report. */
  enum Reading {
    TAKEN,
    /** Another writer's line between ours, or more text of the value. */
    FOREIGN,
    /** The report is complete; the line belongs to what follows it. */
    ENDED
  }

  private static final int MAX_BLOCK_LINES = 200;

  /**
   * A stack that starts here was asked for by the program, which lives on and printed it itself.
   */
  private static final String OWN_DUMP = "runtime/debug.Stack";

  private final long firstNanos;
  private final boolean headIndented;
  private PanicHead head;
  private PanicForm form;
  private @Nullable StackBuilder carried;
  private @Nullable StackBuilder block;
  private boolean blockIsSystems;
  private boolean valueCarriesStack;

  /** Header of a second running goroutine, and the line that it came in. */
  private @Nullable StackLine secondHeader;

  private String secondHeaderText = "";

  /** What looks like a stack is indented as the further lines of a value are. */
  private boolean carriedIsValue;

  private boolean panicFrame;

  private boolean valueHasCall;
  private String carriedText = "";
  private boolean httpDump;
  private int blockLines;
  private final StringBuilder stack = new StringBuilder();

  /**
   * @param indented true where whatever brought the lines indented them all
   */
  OpenPanic(PanicHead head, long firstNanos, boolean indented) {
    this.headIndented = indented;
    this.head = head;
    this.form = head.form();
    this.firstNanos = firstNanos;
  }

  long firstNanos() {
    return firstNanos;
  }

  PanicForm form() {
    return form;
  }

  boolean hasPanicFrame() {
    return panicFrame;
  }

  /** The header that the last line showed to be another report's; null when there is none. */
  @Nullable String takeSecondHeader() {
    String text = secondHeader == null ? null : secondHeaderText;
    secondHeader = null;
    return text;
  }

  /**
   * A further line of the runtime's own head: newer panics of the chain, a fatal error while
   * panicking. The oldest stays the message, except where it only prepared the fatal error.
   *
   * @param indented as the runtime indents what follows its first line, and a value's own lines
   */
  boolean chain(PanicHead next, boolean indented) {
    boolean chains =
        form == PanicForm.CRASH
            && next.form() == PanicForm.CRASH
            && block == null
            && (!valueHasCall || indented);
    if (chains && !valueHasCall) {
      carried = null; // at most other writers' words that looked like symbols
      blockLines = 0;
      stack.setLength(0);
    }
    if (chains && head.weak() && !next.ignored()) {
      head = next;
    }
    return chains;
  }

  /**
   * Takes the words of a handler that said them below the stack, or in a second record.
   *
   * @return false where they are about another panic
   */
  boolean isToldBy(PanicHead statement) {
    if (form == PanicForm.GIN && head.message().isBlank()) {
      head = new PanicHead(head.kind(), form, statement.message(), false, false);
      return true;
    }
    if (!panicFrame || form == PanicForm.CRASH || form == PanicForm.STATEMENT) {
      return false;
    }
    if (form == PanicForm.LOGGED_STACK && head.weak()) {
      head = statement;
      return true;
    }
    return PanicMessage.clean(head.message()).equals(PanicMessage.clean(statement.message()));
  }

  /**
   * Takes the next line.
   *
   * @param indented true when it came with a tab; the runtime indents the further lines of a value,
   *     never a goroutine's header
   */
  Reading add(StackLine line, String text, boolean indented) {
    StackLine second = secondHeader;
    if (second != null && line.kind() != StackLine.Kind.OTHER) {
      if (!isRuntimes(line)) {
        return Reading.ENDED;
      }
      secondHeader = null;
      carried = carried == null ? block : carried; // what stood above was the value's own text
      open(second, secondHeaderText);
    }
    return switch (line.kind()) {
      case GOROUTINE ->
          indented && !headIndented && form == PanicForm.CRASH
              ? ofIndentedValue(line, text)
              : goroutine(line, text);
      case SYSTEM_STACK -> systemStack(text);
      case CALL, BARE_CALL, FILE, GIN_FILE, CREATED_BY, NO_FRAME -> frame(line, text);
      case OTHER, EMPTY -> other(line, text);
    };
  }

  private Reading ofIndentedValue(StackLine line, String text) {
    carriedIsValue |= block == null && carried == null;
    return ofValue(line, text);
  }

  private Reading ofValue(StackLine line, String text) {
    if (block != null || carried != null) {
      return Reading.FOREIGN;
    }
    carried = new StackBuilder(line.text());
    return keep(text);
  }

  /**
   * Whether a line below a second running goroutine's header shows that the first one was forged.
   * The runtime prints the frames of one running goroutine, the one that it reports of: of others
   * it says that they run on another thread. A stack that the program asked for is another report.
   */
  private boolean isRuntimes(StackLine line) {
    return switch (line.kind()) {
      case CALL ->
          form == PanicForm.CRASH
              ? !line.text().equals(OWN_DUMP)
              : line.text().startsWith("net/http.(*")
                  || line.text().startsWith("golang.org/x/net/http2.(*");
      case FILE -> form == PanicForm.CRASH;
      case EMPTY, GOROUTINE, SYSTEM_STACK, CREATED_BY, BARE_CALL, GIN_FILE, NO_FRAME, OTHER ->
          false;
    };
  }

  private Reading goroutine(StackLine line, String text) {
    if (block == null && valueCarriesStack && carried == null) {
      return ofValue(line, text);
    }
    boolean current = line.text().startsWith("running") || line.text().startsWith("syscall");
    if (block == null || (blockIsSystems && (current || blockLines == 0))) {
      return open(line, text);
    }
    if (blockIsSystems && !isIdleSystemGoroutine()) {
      return open(line, text);
    }
    boolean mayBeForged =
        form == PanicForm.HTTP_SERVER
            || (form == PanicForm.CRASH && head.kind() == PanicKind.PANIC);
    if (mayBeForged && line.text().startsWith("running")) {
      secondHeader = line;
      secondHeaderText = text;
      return Reading.TAKEN;
    }
    return Reading.ENDED;
  }

  private boolean isIdleSystemGoroutine() {
    return stack.indexOf("goroutine 0 ") == 0;
  }

  private Reading open(StackLine line, String text) {
    block = new StackBuilder(line.text());
    blockIsSystems = line.number() == 0;
    blockLines = 0;
    carriedText = carried == null ? "" : stack.toString();
    stack.setLength(0);
    return keep(text);
  }

  private Reading systemStack(String text) {
    if (block != null) {
      return Reading.ENDED;
    }
    block = new StackBuilder("");
    blockIsSystems = true;
    return keep(text);
  }

  private Reading frame(StackLine line, String text) {
    StackBuilder target = block;
    if (target == null) {
      target = carried == null ? new StackBuilder("") : carried;
      carried = target;
    }
    if (!target.add(line, text)) {
      return Reading.FOREIGN;
    }
    if (text.startsWith("-> ") && form == PanicForm.CRASH) {
      form = PanicForm.CHI;
    }
    boolean call = line.kind() == StackLine.Kind.CALL || line.kind() == StackLine.Kind.BARE_CALL;
    if (call && target == block && blockLines == 0 && line.text().equals(OWN_DUMP)) {
      form = form == PanicForm.CRASH ? PanicForm.LOGGED_STACK : form;
    }
    panicFrame |= call && (line.text().equals("panic") || line.text().equals("runtime.gopanic"));
    valueHasCall |= block == null && line.kind() == StackLine.Kind.CALL;
    keep(line.kind() == StackLine.Kind.FILE ? "\t" + text : text);
    return ++blockLines > MAX_BLOCK_LINES ? Reading.ENDED : Reading.TAKEN;
  }

  private Reading other(StackLine line, String text) {
    StackBuilder target = block == null ? carried : block;
    if (target != null && form == PanicForm.GIN && target.add(line, text)) {
      panicFrame |= text.startsWith("gopanic: ");
      return keep("\t" + text);
    }
    if (form == PanicForm.GIN && target == null && head.message().isBlank()) {
      return ginValue(text);
    }
    if (text.equals("stacktrace:")) {
      valueCarriesStack = true;
      return Reading.TAKEN;
    }
    boolean ofHead = text.startsWith("[signal ") || text.startsWith("PC=");
    return ofHead && target == null ? Reading.TAKEN : Reading.FOREIGN;
  }

  /** gin prints the value below its head; in debug mode the request comes in between. */
  private Reading ginValue(String text) {
    boolean requestLine = text.indexOf(" HTTP/") > 0;
    httpDump |= requestLine;
    int colon = text.indexOf(": ");
    boolean header = httpDump && colon > 0 && text.lastIndexOf(' ', colon - 1) < 0;
    if (!requestLine && !header) {
      head = new PanicHead(head.kind(), head.form(), text, false, false);
    }
    return Reading.TAKEN;
  }

  private Reading keep(String text) {
    if (stack.length() + text.length() < GoPanic.MAX_STACK_LENGTH) {
      stack.append(stack.length() == 0 ? "" : "\n").append(text);
    }
    return Reading.TAKEN;
  }

  /** The report as it stands; null when it turns out to be none. */
  @Nullable GoPanic build(BlamePolicy policy) {
    String message = PanicMessage.clean(head.message());
    if (PanicMessage.isAbortHandler(message)) {
      return null;
    }
    StackTrace inner = carried == null ? StackTrace.EMPTY : carried.build();
    StackTrace outer = block == null ? StackTrace.EMPTY : block.build();
    if (carriedIsValue && outer.isEmpty() && !inner.hasPanic()) {
      inner = StackTrace.EMPTY; // anybody's words: the runtime was told to print no stack
      stack.setLength(0);
    }
    boolean passedOn = inner.hasPanic() && Blame.reachesProgram(inner, policy);
    boolean byValue = passedOn || outer.isEmpty();
    StackTrace chosen = byValue ? inner : outer;
    if (form == PanicForm.STATEMENT) {
      return ofStatement(message, chosen, policy);
    }
    if (form == PanicForm.LOGGED_STACK && !chosen.hasPanic()) {
      return null;
    }
    if (form == PanicForm.CRASH && message.isEmpty() && chosen.isEmpty()) {
      return null; // a lone word with nothing behind it may be anybody's
    }
    boolean quoted = form == PanicForm.CRASH && valueCarriesStack && block == null;
    return new GoPanic(
        head.kind(),
        quoted ? PanicForm.LOGGED_STACK : form,
        PanicMessage.typeOf(message),
        message,
        Blame.of(chosen, policy),
        byValue && block != null ? carriedText : stack.toString());
  }

  /** A stack below the words is the panic's if it shows one, else it is somebody else's. */
  private GoPanic ofStatement(String message, StackTrace below, BlamePolicy policy) {
    boolean shown = below.hasPanic();
    return new GoPanic(
        head.kind(),
        shown ? PanicForm.LOGGED_STACK : form,
        PanicMessage.typeOf(message),
        message,
        shown ? Blame.of(below, policy) : Blamed.NOBODY,
        shown ? stack.toString() : "");
  }
}

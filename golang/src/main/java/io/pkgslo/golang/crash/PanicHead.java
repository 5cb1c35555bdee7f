// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang.crash;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The line that starts a report (reference: go-telemetry.md 2.6 step 1 and 3). The runtime's forms
 * must stand at the line's start: application text may well contain {@code panic: }.
 *
 * @param message empty where a later line has it
 * @param weak true when a later line says it better: a {@code fatal error}, or a handler's words
 *     below a stack above which there was only some line
 * @param ignored true for an operator's dump (SIGQUIT)
 */
record PanicHead(PanicKind kind, PanicForm form, String message, boolean weak, boolean ignored) {
  /** Signals that the runtime dies of, by their Go names. */
  private static final Set<String> FATAL_SIGNALS =
      Set.of(
          "SIGABRT",
          "SIGBUS",
          "SIGEMT",
          "SIGFPE",
          "SIGILL",
          "SIGSEGV",
          "SIGSTKFLT",
          "SIGSYS",
          "SIGTRAP",
          "SIGQUIT");

  private static final String RECOVERED = " [recovered";
  private static final String VALUE = "panic";

  static @Nullable PanicHead of(String line) {
    PanicHead crash = crash(line);
    if (crash != null) {
      return crash;
    }
    int panic = indexOfPanicWord(line);
    PanicHead recovered = panic < 0 ? null : recovered(line);
    return recovered == null ? statement(line) : recovered;
  }

  private static @Nullable PanicHead statement(String line) {
    String value = RecoveryStatement.inLine(line);
    return value == null ? null : of(PanicForm.STATEMENT, value);
  }

  /**
   * A head of a panic whose report has only a stack.
   *
   * @param above the line above the stack; empty where there was none
   */
  static PanicHead unannounced(String above) {
    boolean announces = indexOfPanicWord(above) >= 0 || above.contains("ecover");
    String message = PanicMessage.announced(above);
    return new PanicHead(PanicKind.PANIC, PanicForm.LOGGED_STACK, message, !announces, false);
  }

  /** True when the line says all there is; no stack belongs to it. */
  boolean standsAlone() {
    return form == PanicForm.ERROR_VALUE;
  }

  private static @Nullable PanicHead crash(String line) {
    if (line.startsWith("panic: ")) {
      return crash(PanicKind.PANIC, line.substring("panic: ".length()), false);
    }
    if (line.equals("panic:")) {
      return crash(PanicKind.PANIC, "", false); // panic(""), or a value whose first line is empty
    }
    if (line.startsWith("fatal error: ")) {
      return crash(PanicKind.FATAL, line.substring("fatal error: ".length()), false);
    }
    if (line.startsWith("unexpected fault address")
        || line.startsWith("runtime: out of memory")
        || line.startsWith("runtime: goroutine stack exceeds")) {
      return crash(PanicKind.FATAL, line, true);
    }
    int colon = line.startsWith("SIG") ? line.indexOf(": ") : -1;
    if (colon > 0 && FATAL_SIGNALS.contains(line.substring(0, colon))) {
      boolean quit = line.startsWith("SIGQUIT");
      return new PanicHead(PanicKind.SIGNAL, PanicForm.CRASH, line, false, quit);
    }
    return null;
  }

  private static PanicHead crash(PanicKind kind, String message, boolean weak) {
    return new PanicHead(kind, PanicForm.CRASH, message, weak, false);
  }

  /** One cheap look that dismisses nearly every line. */
  private static int indexOfPanicWord(String line) {
    int at = line.indexOf("anic");
    return at >= 0 ? at : line.indexOf("PANIC");
  }

  private static @Nullable PanicHead recovered(String line) {
    String served = after(line, "http: panic serving ");
    served = served != null ? served : after(line, "http2: panic serving ");
    if (served != null) {
      int colon = served.indexOf(": ");
      return of(PanicForm.HTTP_SERVER, colon < 0 ? "" : served.substring(colon + 2));
    }
    if (line.contains("[Recovery]") && line.contains("panic recovered:")) {
      String rest = after(line, "panic recovered:");
      return of(PanicForm.GIN, rest == null ? "" : rest);
    }
    String echo = after(line, "[PANIC RECOVER]");
    if (echo != null) {
      return of(PanicForm.ECHO, echo);
    }
    String caught = after(line, "panic caught: ");
    if (caught != null) {
      return of(PanicForm.GRPC, caught);
    }
    PanicHead kubernetes = kubernetes(line);
    if (kubernetes != null) {
      return kubernetes;
    }
    if (line.startsWith("PANIC: ") || line.startsWith("[negroni] PANIC: ")) {
      return of(PanicForm.NEGRONI, line.substring(line.indexOf(": ") + 2));
    }
    return errorValue(line);
  }

  /** {@code panic: … [recovered]} as an error's text; null for others. */
  static @Nullable PanicHead errorValue(String line) {
    String value = after(line, "panic: ");
    int end = value == null ? -1 : value.indexOf(RECOVERED);
    return value == null || end < 0 ? null : of(PanicForm.ERROR_VALUE, value.substring(0, end));
  }

  private static @Nullable PanicHead kubernetes(String line) {
    String observed = after(line, "Observed a panic");
    if (observed == null) {
      boolean apiserver = line.contains("apiserver panic'd");
      return apiserver ? of(PanicForm.HANDLE_CRASH, field(line, VALUE)) : null;
    }
    String inReconciler = after(observed, "in reconciler: ");
    if (inReconciler != null) {
      return of(PanicForm.HANDLE_CRASH, inReconciler);
    }
    if (observed.startsWith(": ")) {
      return of(PanicForm.HANDLE_CRASH, goValue(observed.substring(2)));
    }
    String value = field(observed, VALUE);
    int fields = value.isEmpty() ? observed.indexOf('{') : -1;
    String inJson = fields < 0 ? null : StructuredPanic.valueIn(observed.substring(fields));
    return of(PanicForm.HANDLE_CRASH, inJson == null ? value : inJson);
  }

  /** klog's and logfmt's {@code name="…"}, quoted as Go quotes, or {@code name=word}. */
  static String field(String text, String name) {
    String value = after(text, " " + name + "=");
    if (value == null || value.isEmpty()) {
      return "";
    }
    if (value.charAt(0) != '"') {
      int blank = value.indexOf(' ');
      return blank < 0 ? value : value.substring(0, blank);
    }
    return unquote(value);
  }

  /** The older {@code %#v (%v)}: the value as text is in the last parentheses. */
  private static String goValue(String text) {
    int open = text.lastIndexOf(" (");
    if (text.startsWith("\"")) {
      return unquote(text);
    }
    return open > 0 && text.endsWith(")") ? text.substring(open + 2, text.length() - 1) : text;
  }

  private static String unquote(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 1; i < text.length() && text.charAt(i) != '"'; i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        c = text.charAt(++i);
        c = c == 'n' ? '\n' : c;
      }
      out.append(c);
    }
    return out.toString();
  }

  private static @Nullable String after(String line, String marker) {
    int at = line.indexOf(marker);
    return at < 0 ? null : line.substring(at + marker.length());
  }

  private static PanicHead of(PanicForm form, String message) {
    return new PanicHead(PanicKind.PANIC, form, message, false, false);
  }
}

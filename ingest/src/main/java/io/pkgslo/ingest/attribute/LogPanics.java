// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import io.pkgslo.golang.crash.GoPanic;
import io.pkgslo.golang.crash.PanicForm;
import io.pkgslo.golang.crash.PanicText;
import io.pkgslo.golang.stack.BlamePolicy;
import io.pkgslo.ingest.decode.AttributesView;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The panics that a log record reports (reference: go-telemetry.md 3.2 to 3.4). */
final class LogPanics {
  private final BlamePolicy policy;

  LogPanics(BlamePolicy policy) {
    this.policy = policy;
  }

  /** By exception attributes, else by the fields and the text of the record; mostly none. */
  List<GoPanic> of(AttributesView attributes, String message, Map<String, String> fields) {
    GoPanic exception = ofException(attributes);
    if (exception != null) {
      return List.of(exception);
    }
    if (!mayReport(message) && fields.values().stream().noneMatch(LogPanics::mayReport)) {
      return List.of();
    }
    List<GoPanic> structured = PanicText.findInFields(fields, policy);
    return structured.isEmpty() ? PanicText.findReported(message, policy) : structured;
  }

  /**
   * The panics in a line or lines of standard output, where the runtime reports nothing: what a
   * logger says there in a text of its own.
   */
  List<GoPanic> ofText(String text) {
    return mayReport(text)
        ? PanicText.findReported(text, policy).stream().filter(LogPanics::isLoggers).toList()
        : List.of();
  }

  /** Words alone, as a child process or a test prints them, are not the runtime's on stdout. */
  private static boolean isLoggers(GoPanic panic) {
    return !panic.stack().isEmpty() || panic.form() != PanicForm.LOGGED_STACK;
  }

  /** Every report has one of these words, so most records cost a few searches. */
  private static boolean mayReport(String text) {
    return text.contains("anic")
        || text.contains("ecover")
        || text.contains("goroutine ")
        || text.contains("fatal error")
        || text.contains("PANIC")
        || text.contains("runtime error: ")
        || text.contains("interface conversion: ")
        || text.contains("entry in nil map");
  }

  private @Nullable GoPanic ofException(AttributesView attributes) {
    String type = Values.text(attributes, Key.EXCEPTION_TYPE);
    String stack = Values.text(attributes, Key.EXCEPTION_STACKTRACE);
    if ((type.isEmpty() && stack.isEmpty()) || !PanicText.provesPanic(type, stack)) {
      return null;
    }
    return PanicText.fromException(
        type, Values.text(attributes, Key.EXCEPTION_MESSAGE), stack, policy);
  }
}

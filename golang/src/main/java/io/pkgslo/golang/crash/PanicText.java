// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang.crash;

import io.pkgslo.golang.attribute.ExceptionType;
import io.pkgslo.golang.log.JsonFields;
import io.pkgslo.golang.log.LogWrapper;
import io.pkgslo.golang.log.TextLines;
import io.pkgslo.golang.stack.Blame;
import io.pkgslo.golang.stack.BlamePolicy;
import io.pkgslo.golang.stack.StackParser;
import io.pkgslo.golang.stack.StackTrace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the panics that one text reports: a log body, a span's status message, an exception event
 * (reference: go-telemetry.md 3). Stateless; for output that comes line by line there is {@link
 * CrashAutomaton}. A stack without a panic frame is no panic, an operator's dump or an aborted
 * handler neither.
 */
public final class PanicText {
  private PanicText() {}

  /** {@link #find(String, BlamePolicy)} with the default policy. */
  public static List<GoPanic> find(String body) {
    return find(body, BlamePolicy.DEFAULT);
  }

  /**
   * The panics in raw text. A dump in the runtime's own form is reported as not recovered: the
   * automaton reports the same for the same lines, so a caller counts one of the two.
   */
  public static List<GoPanic> find(String body, BlamePolicy policy) {
    String inner = LogWrapper.unwrapShipper(body).line();
    Map<String, String> fields = LogWrapper.isJson(inner) ? JsonFields.parse(inner) : null;
    return fields == null ? inLines(inner, policy) : StructuredPanic.find(fields, policy);
  }

  /**
   * The panics in a text that came through an API of the living process (a span's status message,
   * an SDK's log body): whatever its form, such a panic was recovered.
   */
  public static List<GoPanic> findReported(String text, BlamePolicy policy) {
    return quoted(find(text, policy));
  }

  /**
   * The panics in a structured record that has been taken apart: fields by name, groups flattened
   * with dots, as {@link JsonFields} gives them.
   */
  public static List<GoPanic> findInFields(Map<String, String> fields, BlamePolicy policy) {
    return StructuredPanic.find(fields, policy);
  }

  /** Whether an exception event is a panic beyond its time: by its type or by its stack. */
  public static boolean provesPanic(@Nullable String type, @Nullable String stacktrace) {
    return (type != null && ExceptionType.provesPanic(type))
        || (stacktrace != null && StackParser.parse(stacktrace).hasPanic());
  }

  /** {@link #fromException(String, String, String, BlamePolicy)} with the default policy. */
  public static @Nullable GoPanic fromException(
      @Nullable String type, @Nullable String message, @Nullable String stacktrace) {
    return fromException(type, message, stacktrace, BlamePolicy.DEFAULT);
  }

  /**
   * An exception event or exception attributes as a panic. The caller has decided that it is one
   * (the event's time against the span's end, or {@link #provesPanic}). Null for an aborted
   * handler. Without a stack nobody is blamed and the span's own package stands.
   */
  public static @Nullable GoPanic fromException(
      @Nullable String type,
      @Nullable String message,
      @Nullable String stacktrace,
      BlamePolicy policy) {
    String text = message == null ? "" : message;
    if (PanicMessage.isAbortHandler(PanicMessage.clean(text))) {
      return null;
    }
    StackTrace carried = text.indexOf('\n') < 0 ? StackTrace.EMPTY : StackParser.parse(text);
    boolean passedOn = carried.hasPanic() && Blame.reachesProgram(carried, policy);
    String stackText = passedOn ? text : stacktrace == null ? "" : stacktrace;
    StackTrace stack = passedOn ? carried : StackParser.parse(stackText);
    return new GoPanic(
        PanicKind.PANIC,
        PanicForm.EXCEPTION,
        type == null || type.isBlank() ? null : type,
        text,
        Blame.of(stack, policy),
        stack.isEmpty() ? "" : stackText);
  }

  static List<GoPanic> inLines(String text, BlamePolicy policy) {
    List<GoPanic> found = new ArrayList<>();
    PanicReader reader = new PanicReader(policy, 0, (panic, nanos) -> found.add(panic));
    for (String line : TextLines.of(text)) {
      reader.read(0, line);
    }
    reader.finish();
    return found;
  }

  /** Dumps become recovered panics; a bare {@code fatal error: …} is any error's text. */
  static List<GoPanic> quoted(List<GoPanic> panics) {
    List<GoPanic> recovered = new ArrayList<>();
    for (GoPanic panic : panics) {
      if (panic.recovered() || panic.kind() == PanicKind.PANIC || !panic.stack().isEmpty()) {
        recovered.add(panic.asRecovered());
      }
    }
    return recovered;
  }
}

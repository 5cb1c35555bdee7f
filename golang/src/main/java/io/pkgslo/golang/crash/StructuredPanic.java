// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang.crash;

import io.pkgslo.golang.log.JsonFields;
import io.pkgslo.golang.stack.Blame;
import io.pkgslo.golang.stack.BlamePolicy;
import io.pkgslo.golang.stack.Blamed;
import io.pkgslo.golang.stack.StackParser;
import io.pkgslo.golang.stack.StackTrace;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Panics in the records of structured loggers: zap, slog, zerolog, logrus, klog as JSON (reference:
 * go-telemetry.md 3.4).
 */
final class StructuredPanic {
  private static final List<String> STACK_KEYS =
      List.of(
          "stacktrace",
          "stack",
          "stack_trace",
          "stackTrace",
          "S",
          "exception.stacktrace",
          "error.stack",
          "error.stack_trace",
          "error.stacktrace",
          "code.stacktrace",
          "trace",
          "attributes.exception.stacktrace",
          "goroutine_stack",
          "debug_stack");
  private static final List<String> VALUE_KEYS =
      List.of(
          "panic",
          "panicValue",
          "panic_value",
          "recovered",
          "recover",
          "exception.message",
          "error.message",
          "error",
          "err",
          "reason",
          "value",
          "attributes.exception.message");
  private static final List<String> MESSAGE_KEYS =
      List.of("msg", "message", "M", "log", "MESSAGE", "body");
  private static final List<String> TYPE_KEYS =
      List.of("exception.type", "error.type", "attributes.exception.type");

  /** The value beside a stack in a group of its own. */
  private static final List<String> VALUES_IN_GROUP =
      List.of("value", "panic", "message", "msg", "error", "err", "reason", "recovered");

  private static final int SHORTEST_STACK = 40;

  private StructuredPanic() {}

  static List<GoPanic> find(Map<String, String> fields, BlamePolicy policy) {
    String stackText = stackText(fields);
    StackTrace stack = stackText == null ? StackTrace.EMPTY : StackParser.parse(stackText);
    if (stackText != null && stack.hasPanic()) {
      return withStack(fields, value(fields), stack, stackText, policy);
    }
    // slog writes what it is given in groups, and people name fields as they like.
    for (Map.Entry<String, String> field : fields.entrySet()) {
      String text = field.getValue();
      if (mayBePanicStack(text) && !MESSAGE_KEYS.contains(field.getKey())) {
        StackTrace other = StackParser.parse(text);
        if (other.hasPanic()) {
          return withStack(fields, valueBeside(field.getKey(), fields), other, text, policy);
        }
      }
    }
    List<GoPanic> found = inTexts(fields, MESSAGE_KEYS, policy);
    if (found.isEmpty()) {
      found = inErrors(fields);
    }
    if (found.isEmpty()) {
      found = inTexts(fields, VALUE_KEYS, policy);
    }
    return found.isEmpty() ? stated(fields) : PanicText.quoted(found);
  }

  /** What the words of a record without a stack say. */
  private static List<GoPanic> stated(Map<String, String> fields) {
    String value = RecoveryStatement.inFields(fields);
    String message = value == null ? "" : PanicMessage.clean(value);
    return message.isEmpty() || PanicMessage.isAbortHandler(message)
        ? List.of()
        : List.of(
            new GoPanic(
                PanicKind.PANIC,
                PanicForm.STATEMENT,
                JsonFields.first(fields, TYPE_KEYS),
                message,
                Blamed.NOBODY,
                ""));
  }

  /** What controller-runtime makes of a panic that it recovered and reported. */
  private static List<GoPanic> inErrors(Map<String, String> fields) {
    for (String key : VALUE_KEYS) {
      String text = fields.get(key);
      PanicHead head = text == null || text.indexOf('\n') >= 0 ? null : PanicHead.errorValue(text);
      if (head != null) {
        String message = PanicMessage.clean(head.message());
        return List.of(new GoPanic(head.kind(), head.form(), null, message, Blamed.NOBODY, ""));
      }
    }
    return List.of();
  }

  /** The panic's value among the fields of a JSON object; null when there is none. */
  static @Nullable String valueIn(String json) {
    Map<String, String> fields = JsonFields.parse(json);
    return fields == null ? null : JsonFields.first(fields, VALUE_KEYS);
  }

  private static boolean mayBePanicStack(String text) {
    return text.length() >= SHORTEST_STACK
        && text.startsWith("goroutine ")
        && text.indexOf("\npanic(") > 0;
  }

  private static @Nullable String value(Map<String, String> fields) {
    return JsonFields.first(fields, VALUE_KEYS);
  }

  private static @Nullable String valueBeside(String key, Map<String, String> fields) {
    int dot = key.lastIndexOf('.');
    if (dot > 0) {
      for (String name : VALUES_IN_GROUP) {
        String value = fields.get(key.substring(0, dot + 1) + name);
        if (value != null && !value.isBlank()) {
          return value;
        }
      }
    }
    return value(fields);
  }

  private static List<GoPanic> withStack(
      Map<String, String> fields,
      @Nullable String value,
      StackTrace stack,
      String stackText,
      BlamePolicy policy) {
    String text = JsonFields.first(fields, MESSAGE_KEYS);
    PanicHead head = text == null ? null : PanicHead.of(firstLine(text));
    String message = head != null && !head.message().isBlank() ? head.message() : value;
    PanicForm form =
        head == null || head.form() == PanicForm.CRASH ? PanicForm.LOGGED_STACK : head.form();
    GoPanic panic =
        new GoPanic(
            PanicKind.PANIC,
            form,
            JsonFields.first(fields, TYPE_KEYS),
            message == null ? String.valueOf(text == null ? "" : text) : message,
            Blame.of(stack, policy),
            stackText);
    return PanicMessage.isAbortHandler(panic.message()) ? List.of() : List.of(panic);
  }

  private static List<GoPanic> inTexts(
      Map<String, String> fields, List<String> keys, BlamePolicy policy) {
    for (String key : keys) {
      String text = fields.get(key);
      List<GoPanic> found = text == null ? List.of() : PanicText.inLines(text, policy);
      if (!found.isEmpty()) {
        return found.stream().map(panic -> completed(panic, fields)).toList();
      }
    }
    return List.of();
  }

  /** klog's JSON has the value in a field of its own. */
  private static GoPanic completed(GoPanic panic, Map<String, String> fields) {
    String value = JsonFields.first(fields, VALUE_KEYS);
    return !panic.message().isEmpty() || value == null
        ? panic
        : new GoPanic(
            panic.kind(), panic.form(), panic.type(), value, panic.blamed(), panic.stack());
  }

  private static @Nullable String stackText(Map<String, String> fields) {
    String text = JsonFields.first(fields, STACK_KEYS);
    return text != null && text.startsWith("[") ? ofArray(text) : text;
  }

  /** zerolog's array of {@code {"func","line","source"}}, or an array of lines. */
  private static String ofArray(String array) {
    StringBuilder out = new StringBuilder();
    int at = array.indexOf('{');
    if (at < 0) {
      return array.replace("\",\"", "\n").replace("\", \"", "\n").replace("\\t", "\t");
    }
    while (at >= 0 && out.length() < GoPanic.MAX_STACK_LENGTH) {
      int end = array.indexOf('}', at);
      Map<String, String> frame =
          JsonFields.parse(array.substring(at, end < 0 ? array.length() : end + 1));
      if (frame != null) {
        String function = frame.getOrDefault("func", frame.getOrDefault("function", ""));
        String file = frame.getOrDefault("source", frame.getOrDefault("file", ""));
        String line = frame.getOrDefault("line", "0");
        out.append(frameOf(function, file, line)).append('\n');
      }
      at = end < 0 ? -1 : array.indexOf('{', end);
    }
    return out.toString();
  }

  /** pkg/errors leaves out packages and directories: then the frame tells no more than gin's do. */
  private static String frameOf(String function, String file, String line) {
    boolean panic = function.equals("gopanic") && file.equals("panic.go");
    boolean whole = panic || file.isEmpty() || file.indexOf('/') >= 0;
    return whole
        ? (panic ? "runtime." : "") + function + "\n\t" + file + ':' + line
        : file + ':' + line + " (0x0)\n\t" + function + ": ?";
  }

  private static String firstLine(String text) {
    int newline = text.indexOf('\n');
    return newline < 0 ? text : text.substring(0, newline);
  }
}

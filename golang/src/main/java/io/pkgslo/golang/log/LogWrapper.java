// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang.log;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Takes off what container runtimes and log shippers put around a line (reference: go-telemetry.md
 * 2.7).
 *
 * @param line the inner line or lines, without colours and carriage returns
 * @param partial true when the runtime split the line and more follows
 */
public record LogWrapper(String line, Stream stream, boolean partial) {
  /** Where the process wrote the line. */
  public enum Stream {
    STDOUT,
    STDERR,
    /** The wrapper does not tell. */
    UNKNOWN
  }

  private static final String IN_JSON = "{}[]\",";

  /** Under which Google's logging exports lines that it did not take for records. */
  private static final String PAYLOAD = "textPayload";

  private static final List<String> MESSAGE_KEYS =
      List.of(
          "log",
          "message",
          "msg",
          "MESSAGE",
          "@message",
          "M",
          "Message",
          "body",
          "text",
          PAYLOAD,
          "line"); // Loki's

  /** Keys that loggers write and shippers do not. */
  private static final List<String> LOGGER_KEYS =
      List.of(
          "level",
          "lvl",
          "severity",
          "L",
          "levelname",
          "loglevel",
          "log.level",
          "Level",
          "caller",
          "logger",
          "stacktrace",
          "stack",
          "panic",
          "error",
          "err",
          "source.function");

  public LogWrapper {
    Objects.requireNonNull(line, "line");
    Objects.requireNonNull(stream, "stream");
  }

  /** Takes off container formats, then the message out of a JSON log record, if it is one. */
  public static LogWrapper unwrap(String body) {
    LogWrapper inner = unwrapContainer(body);
    Map<String, String> fields = isJson(inner.line) ? JsonFields.parse(inner.line) : null;
    if (fields == null) {
      return inner;
    }
    for (String key : MESSAGE_KEYS) {
      String message = fields.get(key);
      if (message != null) {
        return new LogWrapper(Ansi.strip(message), inner.stream, inner.partial);
      }
    }
    return inner;
  }

  /**
   * Like {@link #unwrap}, but leaves a record alone that the program's own logger wrote, told by
   * its keys: its message is no line of the process's raw output.
   */
  public static LogWrapper unwrapShipper(String body) {
    LogWrapper inner = unwrapContainer(body);
    Map<String, String> fields = isJson(inner.line) ? JsonFields.parse(inner.line) : null;
    boolean structured =
        fields != null
            && !fields.containsKey(PAYLOAD)
            && LOGGER_KEYS.stream().anyMatch(fields::containsKey);
    return fields == null || structured ? inner : unwrap(inner.line).on(inner.stream);
  }

  private LogWrapper on(Stream outer) {
    return stream == Stream.UNKNOWN ? new LogWrapper(line, outer, partial) : this;
  }

  /**
   * Takes off Docker's json-file, CRI and the journal's JSON only; a structured record of the
   * program stays whole.
   */
  public static LogWrapper unwrapContainer(String body) {
    LogWrapper docker = docker(body);
    if (docker != null) {
      return docker;
    }
    LogWrapper journal = journal(body);
    if (journal != null) {
      return journal;
    }
    LogWrapper cri = cri(body);
    return cri != null ? cri : new LogWrapper(Ansi.strip(body), Stream.UNKNOWN, false);
  }

  /**
   * True for a text that starts like a JSON object, except for a whole one above other text: a
   * shipper joined a logger's last record and the crash that followed.
   */
  public static boolean isJson(String text) {
    int i = first(text, 0);
    if (i == text.length() || text.charAt(i) != '{') {
      return false;
    }
    int end = text.indexOf('\n', i);
    return end < 0 || text.charAt(last(text, end)) != '}' || !goesOnAsText(text, end);
  }

  /** True when some further line begins with what no line of JSON begins with. */
  private static boolean goesOnAsText(String text, int from) {
    for (int at = first(text, from); at < text.length(); ) {
      if (IN_JSON.indexOf(text.charAt(at)) < 0) {
        return true;
      }
      int end = text.indexOf('\n', at);
      at = end < 0 ? text.length() : first(text, end);
    }
    return false;
  }

  /** Place of the first character from here on that is not blank. */
  private static int first(String text, int from) {
    int i = from;
    while (i < text.length() && text.charAt(i) <= ' ') {
      i++;
    }
    return i;
  }

  /** Place of the last character before an end that is not blank; there is one. */
  private static int last(String text, int end) {
    int i = end - 1;
    while (i > 0 && text.charAt(i) <= ' ') {
      i--;
    }
    return i;
  }

  /** {@code {"log":"…\n","stream":"stderr","time":"…"}}; no line end means partial. */
  private static @Nullable LogWrapper docker(String body) {
    if (!isJson(body) || !body.contains("\"log\"") || !body.contains("\"stream\"")) {
      return null;
    }
    Map<String, String> fields = JsonFields.parse(body);
    if (fields == null) {
      return null;
    }
    String log = fields.get("log");
    String stream = fields.get("stream");
    if (log == null || stream == null) {
      return null;
    }
    boolean whole = log.endsWith("\n");
    String line = whole ? log.substring(0, log.length() - 1) : log;
    return new LogWrapper(Ansi.strip(line), stream(stream), !whole && isPartial(fields));
  }

  /** Shippers take the line's end off: where CRI's tag or what they add shows one, it counts. */
  private static boolean isPartial(Map<String, String> fields) {
    String tag = fields.get("logtag");
    return tag != null
        ? tag.equals("P")
        : fields.keySet().stream().noneMatch(key -> key.startsWith("kubernetes"));
  }

  /** An entry that systemd's journal made of a line of a service's or a container's output. */
  private static @Nullable LogWrapper journal(String body) {
    if (!isJson(body) || !body.contains("\"MESSAGE\"")) {
      return null;
    }
    Map<String, String> fields = JsonFields.parse(body);
    String line = fields == null ? null : fields.get("MESSAGE");
    if (fields == null || line == null) {
      return null;
    }
    boolean container = fields.containsKey("CONTAINER_ID_FULL");
    String transport = fields.getOrDefault("_TRANSPORT", fields.getOrDefault("TRANSPORT", ""));
    return container || transport.equals("stdout")
        ? new LogWrapper(Ansi.strip(line), Stream.UNKNOWN, false)
        : null;
  }

  /** {@code 2026-08-21T10:00:00.123456789Z stderr F line}; P means partial. */
  private static @Nullable LogWrapper cri(String body) {
    int first = body.indexOf(' ');
    if (first < 20 || first > 40 || body.charAt(10) != 'T' || body.charAt(4) != '-') {
      return null;
    }
    int second = body.indexOf(' ', first + 1);
    String name = second < 0 || second - first > 7 ? "" : body.substring(first + 1, second);
    Stream stream = stream(name);
    int tag = second + 1;
    boolean tagged =
        tag < body.length()
            && (body.charAt(tag) == 'F' || body.charAt(tag) == 'P')
            && (tag + 1 == body.length() || " :\n".indexOf(body.charAt(tag + 1)) >= 0);
    if (stream == Stream.UNKNOWN || !tagged) {
      return null;
    }
    int blank = body.indexOf(' ', tag);
    String line = blank < 0 ? "" : body.substring(blank + 1);
    return new LogWrapper(Ansi.strip(line), stream, body.charAt(tag) == 'P');
  }

  private static Stream stream(String name) {
    return switch (name) {
      case "stderr" -> Stream.STDERR;
      case "stdout" -> Stream.STDOUT;
      default -> Stream.UNKNOWN;
    };
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import io.pkgslo.golang.log.LogWrapper;
import io.pkgslo.ingest.decode.AnyValueView;
import io.pkgslo.ingest.decode.AttributesView;
import io.pkgslo.ingest.decode.LogRecordView;
import io.pkgslo.ingest.decode.Slice;
import io.pkgslo.ingest.decode.ValueKind;
import org.jspecify.annotations.Nullable;

/**
 * What a log shipper read from a process's output (reference: go-telemetry.md 1.2, 2.7 and 6).
 *
 * @param text the line or lines, without the container's format
 * @param stream what tells the lines of one output from another's: kind of stream and file
 * @param stdout the process wrote it to its standard output, where the runtime reports nothing
 * @param partial the container runtime split the line, and more of it follows
 */
record ShippedLine(String text, String stream, boolean stdout, boolean partial) {
  private static final String STDOUT = "stdout";
  private static final String STDERR = "stderr";

  /** CRI's tag of a line that goes on, also where a shipper parsed it off. */
  private static final String PARTIAL = "P";

  /**
   * Null when a logger's own SDK wrote the record: it has a scope, or a body that is no text, or
   * neither a shipper's attributes nor a container's format while it has a severity.
   */
  static @Nullable ShippedLine of(LogRecordView view, boolean hasScope) {
    AnyValueView body = view.body();
    if (hasScope) {
      return null;
    }
    if (body.kind() == ValueKind.KVLIST) {
      return ofRecord(view, body);
    }
    if (!body.isString()) {
      return null;
    }
    LogWrapper inner = LogWrapper.unwrapContainer(body.text().toString());
    String attribute = Values.text(view.attributes(), Key.LOG_IOSTREAM);
    String stream = attribute.isEmpty() ? nameOf(inner.stream()) : attribute;
    String file = file(view.attributes());
    boolean shipped = !stream.isEmpty() || !file.isEmpty() || !hasSeverity(view);
    boolean partial =
        inner.partial() || PARTIAL.equals(Values.text(view.attributes(), Key.LOG_TAG));
    return shipped ? of(inner.line(), stream, file, partial) : null;
  }

  /**
   * A whole record as a list: Fluent Bit's has the line under log or message, and the stream; the
   * journal's has it under MESSAGE, of both streams alike.
   */
  private static @Nullable ShippedLine ofRecord(LogRecordView view, AnyValueView body) {
    LogFields fields = LogFields.ofList(body, view.attributes());
    String file = file(view.attributes());
    if (Journal.isOutput(fields.all())) {
      return of(
          Journal.line(fields.all()),
          Journal.stream(fields.all()),
          file,
          Journal.isPartial(fields.all()));
    }
    String stream = fields.all().getOrDefault("stream", "");
    boolean container = stream.equals(STDOUT) || stream.equals(STDERR);
    String line = fields.message();
    if (!container || line.isEmpty() || fields.severity() != 0) {
      return null;
    }
    String bare = line.endsWith("\n") ? line.substring(0, line.length() - 1) : line;
    boolean partial = PARTIAL.equals(fields.all().getOrDefault("logtag", ""));
    return of(bare, stream, file, partial);
  }

  /** The same line with another text. */
  ShippedLine withText(String newText) {
    return new ShippedLine(newText, stream, stdout, partial);
  }

  /**
   * True if the analyzer wants to see it: what is not stdout, and on stdout what may be the begin
   * or the end of a record that was split over several messages.
   */
  boolean isForAutomaton() {
    return !stdout || mayBePiece();
  }

  /** True if it may be a part of a structured record that did not come whole. */
  boolean mayBePiece() {
    return partial || (text.endsWith("}") && !LogWrapper.isJson(text));
  }

  private static ShippedLine of(String text, String stream, String file, boolean partial) {
    String kind = stream.isEmpty() ? STDERR : stream;
    String name = file.isEmpty() ? kind : kind + ":" + file;
    return new ShippedLine(text, name, kind.equals(STDOUT), partial);
  }

  private static boolean hasSeverity(LogRecordView view) {
    return view.severityNumber() != 0 || !view.severityText().isEmpty();
  }

  private static String file(AttributesView attributes) {
    Slice path = Values.firstText(attributes, Key.LOG_FILE_PATH, Key.LOG_FILE_NAME);
    return path == null ? "" : path.toString();
  }

  private static String nameOf(LogWrapper.Stream stream) {
    return switch (stream) {
      case STDOUT -> STDOUT;
      case STDERR -> STDERR;
      case UNKNOWN -> "";
    };
  }
}

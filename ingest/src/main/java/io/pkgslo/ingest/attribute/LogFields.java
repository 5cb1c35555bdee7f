// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import io.pkgslo.golang.log.JsonFields;
import io.pkgslo.golang.log.LogWrapper;
import io.pkgslo.ingest.decode.AnyValueView;
import io.pkgslo.ingest.decode.AttributesView;
import io.pkgslo.ingest.decode.KeyValueCursor;
import io.pkgslo.ingest.decode.ValueKind;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a structured log record by name: those of a JSON or key-value body, groups
 * flattened with dots, and below them the record's attributes. Values are text.
 */
final class LogFields {
  private static final int MAX_DEPTH = 4;
  private static final int MAX_FIELDS = 256;
  private static final List<String> MESSAGES =
      List.of("msg", "message", "M", "log", "MESSAGE", "body", "text");
  private static final List<String> LEVELS =
      List.of("level", "severity", "lvl", "L", "log.level", "levelname", "severity_text");

  private static final byte[] STACK = "goroutine ".getBytes(StandardCharsets.US_ASCII);

  private final Map<String, String> fields = new LinkedHashMap<>();

  private LogFields() {}

  /** Fields of a JSON object over the attributes; null when the text is none. */
  static @Nullable LogFields ofJson(String text, AttributesView attributes) {
    Map<String, String> json = LogWrapper.isJson(text) ? JsonFields.parse(text) : null;
    if (json == null) {
      return null;
    }
    LogFields result = new LogFields();
    result.fields.putAll(json);
    result.addAttributes(attributes);
    return result;
  }

  /** A message of plain text over the attributes. */
  static LogFields ofText(String message, AttributesView attributes) {
    LogFields result = new LogFields();
    result.fields.put(MESSAGES.get(0), message);
    result.addAttributes(attributes);
    return result;
  }

  /** Fields of a KVLIST over the attributes. */
  static LogFields ofList(AnyValueView list, AttributesView attributes) {
    LogFields result = new LogFields();
    result.addGroup("", list.entries(), 1);
    result.addAttributes(attributes);
    return result;
  }

  /** Fields of any body. */
  static LogFields of(AnyValueView body, AttributesView attributes) {
    if (body.kind() == ValueKind.KVLIST) {
      return ofList(body, attributes);
    }
    String text = body.kind() == ValueKind.EMPTY ? "" : body.toString();
    LogFields json = ofJson(text, attributes);
    return json == null ? ofText(text, attributes) : json;
  }

  private void addAttributes(AttributesView attributes) {
    for (int i = 0; i < attributes.size(); i++) {
      add(attributes.keyAt(i).toString(), attributes.valueAt(i), 1);
    }
  }

  private void addGroup(String prefix, KeyValueCursor entries, int depth) {
    while (entries.next()) {
      add(prefix + entries.key(), entries.value(), depth);
    }
  }

  private void add(String name, AnyValueView value, int depth) {
    switch (value.kind()) {
      case KVLIST -> {
        if (depth < MAX_DEPTH) {
          addGroup(name + ".", value.entries(), depth + 1);
        }
      }
      case STRING, BOOL, INT, DOUBLE, ARRAY -> {
        if (fields.size() < MAX_FIELDS) {
          fields.putIfAbsent(name, value.toString());
        }
      }
      case BYTES -> addBytes(name, value);
      case EMPTY -> {}
    }
  }

  /** Bytes say nothing, but for what {@code debug.Stack()} returns: text that nobody converted. */
  private void addBytes(String name, AnyValueView value) {
    if (fields.size() < MAX_FIELDS && value.text().startsWith(STACK)) {
      fields.putIfAbsent(name, value.text().toString());
    }
  }

  Map<String, String> all() {
    return fields;
  }

  /** The value of the first of these names that has one; empty without. */
  String first(List<String> names) {
    for (String name : names) {
      String value = fields.get(name);
      if (value != null && !value.isBlank()) {
        return value;
      }
    }
    return "";
  }

  String message() {
    return first(MESSAGES);
  }

  /** Severity number that a level field names; 0 without. */
  int severity() {
    return Severities.ofName(first(LEVELS));
  }

  void offerIds(LogIds ids) {
    fields.forEach(ids::offer);
  }
}

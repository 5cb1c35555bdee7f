// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import io.pkgslo.golang.log.JsonFields;
import io.pkgslo.golang.log.LogWrapper;
import io.pkgslo.ingest.decode.AnyValueView;
import io.pkgslo.ingest.decode.AttributesView;
import io.pkgslo.ingest.decode.KeyValueCursor;
import io.pkgslo.ingest.decode.ValueKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

  private final Map<String, String> fields = new LinkedHashMap<>();

  private LogFields() {}

  /** Fields of a body whose text is a JSON object, if it is one, over the attributes. */
  static LogFields of(String body, AttributesView attributes) {
    LogFields result = new LogFields();
    Map<String, String> json = LogWrapper.isJson(body) ? JsonFields.parse(body) : null;
    if (json != null) {
      result.fields.putAll(json);
    }
    result.addAttributes(attributes);
    return result;
  }

  /** Fields of a key-value body over the attributes. */
  static LogFields of(AnyValueView body, AttributesView attributes) {
    LogFields result = new LogFields();
    if (body.kind() == ValueKind.KVLIST) {
      result.addGroup("", body.entries(), 1);
    }
    result.addAttributes(attributes);
    return result;
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
      case EMPTY, BYTES -> {}
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

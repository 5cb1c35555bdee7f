// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

import java.util.HexFormat;

/** Writes values as text for people. It need not be parsed again: strings are not escaped. */
final class ValueText {
  private ValueText() {}

  static void append(AnyValueView value, StringBuilder out) {
    switch (value.kind()) {
      case EMPTY -> {}
      case STRING -> out.append(value.text());
      case BYTES -> out.append(HexFormat.of().formatHex(value.text().toBytes()));
      case BOOL -> out.append(value.booleanValue());
      case INT -> out.append(value.longValue());
      case DOUBLE -> out.append(value.doubleValue());
      case ARRAY -> appendElements(value.elements(), out);
      case KVLIST -> appendEntries(value.entries(), out);
    }
  }

  private static void appendElements(ElementCursor elements, StringBuilder out) {
    out.append('[');
    for (int i = 0; elements.next(); i++) {
      out.append(i == 0 ? "" : ", ");
      append(elements.value(), out);
    }
    out.append(']');
  }

  private static void appendEntries(KeyValueCursor entries, StringBuilder out) {
    out.append('{');
    for (int i = 0; entries.next(); i++) {
      out.append(i == 0 ? "" : ", ").append(entries.key()).append('=');
      append(entries.value(), out);
    }
    out.append('}');
  }
}

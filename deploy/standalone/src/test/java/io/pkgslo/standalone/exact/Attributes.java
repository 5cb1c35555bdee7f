// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.exact;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Attributes as a plain map of texts. */
final class Attributes {
  private Attributes() {}

  /** Of two equal keys the last wins. */
  static Map<String, String> of(List<KeyValue> attributes) {
    Map<String, String> map = new HashMap<>();
    attributes.forEach(attribute -> map.put(attribute.getKey(), text(attribute.getValue())));
    return map;
  }

  /** A value in words: numbers in decimal, nothing for what is absent. */
  static String text(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case INT_VALUE -> Long.toString(value.getIntValue());
      case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
      case DOUBLE_VALUE -> Double.toString(value.getDoubleValue());
      case VALUE_NOT_SET -> "";
      default -> value.toString();
    };
  }

  /** The first of {@code keys} that has a text, else an empty one. */
  static String first(Map<String, String> attributes, String... keys) {
    for (String key : keys) {
      String text = attributes.getOrDefault(key, "");
      if (!text.isEmpty()) {
        return text;
      }
    }
    return "";
  }
}

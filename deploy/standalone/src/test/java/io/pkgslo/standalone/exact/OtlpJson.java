// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.exact;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;

/**
 * OTLP's JSON into the generated classes, field by field of their descriptors. Protobuf's own JSON
 * reader does not do: OTLP writes ids in hexadecimal and enums as numbers.
 */
final class OtlpJson {
  private static final Set<String> HEXADECIMAL = Set.of("traceId", "spanId", "parentSpanId");

  private OtlpJson() {}

  /**
   * Adds the fields of {@code json} to {@code message}; names that it does not have are ignored.
   */
  static void merge(JsonObject json, Message.Builder message) {
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      Object value = json.getValue(field.getJsonName());
      if (value instanceof JsonArray array && field.isRepeated()) {
        for (Object element : array) {
          message.addRepeatedField(field, value(element, field, message));
        }
      } else if (value != null) {
        message.setField(field, value(value, field, message));
      }
    }
  }

  private static Object value(Object value, FieldDescriptor field, Message.Builder parent) {
    return switch (field.getJavaType()) {
      case MESSAGE -> {
        Message.Builder message = parent.newBuilderForField(field);
        merge(value instanceof Map<?, ?> map ? object(map) : (JsonObject) value, message);
        yield message.build();
      }
      case ENUM -> field.getEnumType().findValueByNumber(Integer.parseInt(value.toString()));
      case INT -> Integer.parseUnsignedInt(value.toString());
      case LONG -> number(value.toString());
      case DOUBLE -> Double.valueOf(value.toString());
      case FLOAT -> Float.valueOf(value.toString());
      case BOOLEAN -> (Boolean) value;
      case STRING -> value.toString();
      case BYTE_STRING -> bytes(field.getJsonName(), value.toString());
    };
  }

  private static JsonObject object(Map<?, ?> map) {
    JsonObject object = new JsonObject();
    map.forEach((name, value) -> object.put(name.toString(), value));
    return object;
  }

  private static long number(String text) {
    return text.startsWith("-") ? Long.parseLong(text) : Long.parseUnsignedLong(text);
  }

  private static ByteString bytes(String name, String text) {
    byte[] bytes =
        HEXADECIMAL.contains(name)
            ? HexFormat.of().parseHex(text.toLowerCase(java.util.Locale.ROOT))
            : Base64.getDecoder().decode(text);
    return ByteString.copyFrom(bytes);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Writes a message of the official classes as OTLP/JSON, in the spellings that senders are known to
 * use: hex ids of either case or base64, enums as numbers or names, 64-bit integers as strings or
 * numbers, null for absent, unknown and snake_case names in between.
 */
final class OtlpJsonWriter {
  private final Random random;

  OtlpJsonWriter(Random random) {
    this.random = random;
  }

  String write(Message message) {
    List<String> members = new ArrayList<>();
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      boolean present =
          field.isRepeated() ? message.getRepeatedFieldCount(field) > 0 : message.hasField(field);
      if (present) {
        members.add(quote(field.getJsonName()) + space() + ":" + value(field, message));
      } else if (field.getContainingOneof() == null && random.nextInt(20) == 0) {
        members.add(quote(field.getJsonName()) + ":null");
      }
    }
    if (!members.isEmpty() && random.nextInt(10) == 0) {
      members.add("\"unknown_name\":{\"a\":[1,{\"b\":null}],\"traceId\":\"00\"}");
      members.add("\"trace_id\":\"0102\",\"start_time_unix_nano\":12,\"string_value\":\"no\"");
    }
    Collections.shuffle(members, random);
    return "{" + space() + String.join("," + space(), members) + space() + "}";
  }

  private String space() {
    return random.nextInt(5) == 0 ? " \n\t" : "";
  }

  private String value(FieldDescriptor field, Message message) {
    if (!field.isRepeated()) {
      return single(field, message.getField(field));
    }
    List<String> elements = new ArrayList<>();
    for (Object element : (List<?>) message.getField(field)) {
      elements.add(single(field, element));
    }
    return "[" + String.join("," + space(), elements) + "]";
  }

  private String single(FieldDescriptor field, Object value) {
    return switch (field.getType()) {
      case MESSAGE -> write((Message) value);
      case STRING -> quote((String) value);
      case BYTES -> bytes(field.getName(), (ByteString) value);
      case BOOL -> value.toString();
      case ENUM -> enumeration((EnumValueDescriptor) value);
      case DOUBLE -> fraction((Double) value);
      case FIXED64, UINT64 -> maybeQuoted(Long.toUnsignedString((Long) value));
      case UINT32, FIXED32 -> Integer.toUnsignedString((Integer) value);
      default -> maybeQuoted(value.toString());
    };
  }

  private String maybeQuoted(String number) {
    return random.nextBoolean() ? "\"" + number + "\"" : number;
  }

  private String bytes(String name, ByteString value) {
    byte[] bytes = value.toByteArray();
    if (!name.endsWith("_id")) {
      return "\"" + Base64.getEncoder().encodeToString(bytes) + "\"";
    }
    boolean idLength = bytes.length == (name.contains("trace") ? 16 : 8);
    if (idLength && random.nextInt(4) == 0) {
      return "\"" + Base64.getEncoder().encodeToString(bytes) + "\"";
    }
    String hex = HexFormat.of().formatHex(bytes);
    return "\"" + (random.nextBoolean() ? hex : hex.toUpperCase(Locale.ROOT)) + "\"";
  }

  private String enumeration(EnumValueDescriptor value) {
    return switch (random.nextInt(3)) {
      case 0 -> "\"" + value.getName() + "\"";
      case 1 -> "\"" + value.getNumber() + "\"";
      default -> Integer.toString(value.getNumber());
    };
  }

  private String fraction(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return "\"" + value + "\"";
    }
    return maybeQuoted(Double.toString(value));
  }

  private String quote(String text) {
    StringBuilder out = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                out.append('\\').appendCodePoint(c);
              } else if (c < ' ' || random.nextInt(40) == 0) {
                for (char half : Character.toChars(c)) {
                  out.append(String.format(Locale.ROOT, "\\u%04x", (int) half));
                }
              } else {
                out.appendCodePoint(c);
              }
            });
    return out.append('"').toString();
  }
}

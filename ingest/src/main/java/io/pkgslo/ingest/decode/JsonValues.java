// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes single values of OTLP/JSON as protobuf, in all spellings that senders use: integers as
 * numbers or decimal strings, enums as numbers or names, ids in hex of any case or base64, bytes in
 * either base64 alphabet, NaN and the infinities as strings.
 */
final class JsonValues {
  private static final BigInteger MIN = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger MAX =
      BigInteger.ONE.shiftLeft(Long.SIZE).subtract(BigInteger.ONE);
  private static final int LONGEST_NUMBER = 64;
  private static final int LONGEST_INTEGER = 20;
  private static final int HEX_BITS = 4;
  private static final int SHORT_DECIMAL = 18;
  private static final int DECIMAL = 10;
  private static final int SEVERITIES = 24;
  private static final byte[] NOTHING = new byte[0];
  private static final Map<String, Integer> ENUM_NAMES = enumNames();

  private final ProtoWriter out;

  JsonValues(ProtoWriter out) {
    this.out = out;
  }

  /** Writes the value of the current token without its tag; false when it is no such value. */
  boolean write(FieldType type, JsonToken token, JsonParser json) throws IOException {
    return switch (type) {
      case STRING -> string(token, json);
      case BYTES -> bytes(token == JsonToken.VALUE_STRING ? base64(json.getText()) : null);
      case ID -> id(token, json);
      case BOOL -> bool(token, json);
      case ENUM -> enumeration(token, json);
      case INTEGER, ZIGZAG, FIXED64, FIXED32 -> integer(type, token, json);
      case DOUBLE -> floating(token, json);
      case MESSAGE -> false;
    };
  }

  private boolean string(JsonToken token, JsonParser json) throws IOException {
    if (token != JsonToken.VALUE_STRING) {
      return false;
    }
    // The tag is written already; the length takes its fixed room behind it.
    int mark = out.beginLength();
    out.utf8(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
    out.end(mark);
    return true;
  }

  private boolean bytes(byte @Nullable [] decoded) {
    if (decoded == null) {
      return false;
    }
    out.bytes(decoded);
    return true;
  }

  private static byte @Nullable [] base64(String text) {
    try {
      String standard = text.replace('-', '+').replace('_', '/');
      return Base64.getDecoder().decode(standard);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private boolean id(JsonToken token, JsonParser json) throws IOException {
    if (token != JsonToken.VALUE_STRING) {
      return false;
    }
    char[] text = json.getTextCharacters();
    int offset = json.getTextOffset();
    int length = json.getTextLength();
    if (!isHex(text, offset, length)) {
      // What is no base64 either is a bad id in a good record: it counts as absent.
      byte[] decoded = base64(json.getText());
      out.bytes(decoded == null ? NOTHING : decoded);
      return true;
    }
    out.varint(length / 2);
    for (int i = offset; i < offset + length; i += 2) {
      int high = HexFormat.fromHexDigit(text[i]) << HEX_BITS;
      out.octet(high | HexFormat.fromHexDigit(text[i + 1]));
    }
    return true;
  }

  private static boolean isHex(char[] text, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      if (!HexFormat.isHexDigit(text[i])) {
        return false;
      }
    }
    return length % 2 == 0;
  }

  private boolean bool(JsonToken token, JsonParser json) throws IOException {
    boolean text = token == JsonToken.VALUE_STRING;
    if (token == JsonToken.VALUE_TRUE || (text && json.getText().equals("true"))) {
      out.varint(1);
      return true;
    }
    if (token == JsonToken.VALUE_FALSE || (text && json.getText().equals("false"))) {
      out.varint(0);
      return true;
    }
    return false;
  }

  private boolean enumeration(JsonToken token, JsonParser json) throws IOException {
    if (token == JsonToken.VALUE_STRING && !startsLikeNumber(json.getText())) {
      // A name of a later version is a value that we do not know: unspecified.
      out.varint(ENUM_NAMES.getOrDefault(json.getText(), 0));
      return true;
    }
    return integer(FieldType.ENUM, token, json);
  }

  private static boolean startsLikeNumber(String text) {
    return !text.isEmpty() && (Character.isDigit(text.charAt(0)) || text.charAt(0) == '-');
  }

  private boolean integer(FieldType type, JsonToken token, JsonParser json) throws IOException {
    if (token != JsonToken.VALUE_STRING && !token.isNumeric()) {
      return false;
    }
    if (isShortDecimal(json.getTextCharacters(), json.getTextOffset(), json.getTextLength())) {
      write(type, shortDecimal(json));
      return true;
    }
    BigInteger value = integral(json.getText());
    if (value == null || value.compareTo(MIN) < 0 || value.compareTo(MAX) > 0) {
      return false;
    }
    write(type, value.longValue());
    return true;
  }

  // Nearly all integers are a few digits: no object is made for them.
  private static boolean isShortDecimal(char[] text, int offset, int length) {
    if (length == 0 || length > SHORT_DECIMAL) {
      return false;
    }
    for (int i = offset; i < offset + length; i++) {
      if (text[i] < '0' || text[i] > '9') {
        return false;
      }
    }
    return true;
  }

  private static long shortDecimal(JsonParser json) throws IOException {
    char[] text = json.getTextCharacters();
    int offset = json.getTextOffset();
    long value = 0;
    for (int i = offset; i < offset + json.getTextLength(); i++) {
      value = DECIMAL * value + (text[i] - '0');
    }
    return value;
  }

  private void write(FieldType type, long bits) {
    switch (type) {
      case FIXED64 -> out.fixed64(bits);
      case FIXED32 -> out.fixed32((int) bits);
      case ZIGZAG -> out.varint((bits << 1) ^ (bits >> (Long.SIZE - 1)));
      case INTEGER, ENUM -> out.varint(bits);
      case STRING, BYTES, ID, BOOL, DOUBLE, MESSAGE ->
          throw new IllegalArgumentException("no integer type: " + type);
    }
  }

  // Decimal digits, also as 1.0 or 1e3. Length and magnitude are checked before any arithmetic.
  private static @Nullable BigInteger integral(String text) {
    if (text.length() > LONGEST_NUMBER) {
      return null;
    }
    try {
      BigDecimal value = new BigDecimal(text);
      int digits = value.precision() - value.scale();
      if (value.signum() != 0 && (digits < 1 || digits > LONGEST_INTEGER)) {
        return null;
      }
      return value.signum() == 0 ? BigInteger.ZERO : value.toBigIntegerExact();
    } catch (ArithmeticException | NumberFormatException e) {
      return null;
    }
  }

  private boolean floating(JsonToken token, JsonParser json) throws IOException {
    if (token.isNumeric()) {
      out.fixed64(Double.doubleToRawLongBits(json.getDoubleValue()));
      return true;
    }
    if (token != JsonToken.VALUE_STRING) {
      return false;
    }
    String text = json.getText();
    try {
      double value =
          switch (text) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> decimal(text);
          };
      out.fixed64(Double.doubleToRawLongBits(value));
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  // Java's parser also takes hex, type suffixes and white space, which JSON does not know.
  private static double decimal(String text) {
    if (text.length() > LONGEST_NUMBER || !text.chars().allMatch(JsonValues::isInNumber)) {
      throw new NumberFormatException("not a decimal number");
    }
    return Double.parseDouble(text);
  }

  private static boolean isInNumber(int c) {
    return (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.' || c == 'e' || c == 'E';
  }

  private static Map<String, Integer> enumNames() {
    Map<String, Integer> names = new HashMap<>();
    number(
        names,
        "SPAN_KIND_",
        0,
        "UNSPECIFIED",
        "INTERNAL",
        "SERVER",
        "CLIENT",
        "PRODUCER",
        "CONSUMER");
    number(names, "STATUS_CODE_", 0, "UNSET", "OK", "ERROR");
    number(names, "AGGREGATION_TEMPORALITY_", 0, "UNSPECIFIED", "DELTA", "CUMULATIVE");
    String[] levels = {"TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"};
    int perLevel = SEVERITIES / levels.length;
    for (int i = 0; i < SEVERITIES; i++) {
      int step = i % perLevel;
      number(names, "SEVERITY_NUMBER_", i + 1, levels[i / perLevel] + (step == 0 ? "" : step + 1));
    }
    return Map.copyOf(names);
  }

  private static void number(Map<String, Integer> names, String prefix, int first, String... list) {
    for (int i = 0; i < list.length; i++) {
      names.put(prefix + list[i], first + i);
    }
  }
}

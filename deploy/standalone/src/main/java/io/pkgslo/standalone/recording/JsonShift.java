// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.recording;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Set;

/**
 * Copies OTLP/JSON token by token and moves the times on the way, so that everything else keeps its
 * order and its spelling of numbers. In OTLP these names occur for event times only: an attribute's
 * name is a value, not a name, in JSON.
 */
final class JsonShift {
  private static final Set<String> TIMES =
      Set.of("startTimeUnixNano", "endTimeUnixNano", "timeUnixNano", "observedTimeUnixNano");
  private static final JsonFactory JSON = new JsonFactory();

  private final TimeShift shift;

  JsonShift(TimeShift shift) {
    this.shift = shift;
  }

  /**
   * @throws IOException if the payload is not JSON
   */
  byte[] apply(byte[] payload) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(payload.length + 64);
    try (JsonParser in = JSON.createParser(payload);
        JsonGenerator out = JSON.createGenerator(bytes)) {
      for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
        copy(in, token, out);
      }
    }
    return bytes.toByteArray();
  }

  private void copy(JsonParser in, JsonToken token, JsonGenerator out) throws IOException {
    // Null within an array.
    String name = in.currentName();
    if (token.isScalarValue() && name != null && TIMES.contains(name)) {
      if (token == JsonToken.VALUE_NUMBER_INT) {
        out.writeNumber(Long.toUnsignedString(moved(in.getText())));
        return;
      }
      if (token == JsonToken.VALUE_STRING && isDecimal(in.getText())) {
        out.writeString(Long.toUnsignedString(moved(in.getText())));
        return;
      }
    }
    if (token.isNumeric()) {
      out.writeNumber(in.getText()); // to the letter: 1.50e1 stays 1.50e1
    } else {
      out.copyCurrentEvent(in);
    }
  }

  private long moved(String digits) throws IOException {
    try {
      return shift.nanos(Long.parseUnsignedLong(digits));
    } catch (NumberFormatException e) {
      throw new IOException("time " + digits, e);
    }
  }

  private static boolean isDecimal(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}

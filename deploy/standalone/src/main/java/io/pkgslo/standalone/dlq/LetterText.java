// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.dlq;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** A dead letter for people, and for programs. */
public final class LetterText {
  private static final int LINE_BYTES = 16;
  private static final int SHOWN_BYTES = 2_048;
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

  private LetterText() {}

  /** One line: place, time, reason, stage, source and size. */
  public static String line(DeadLetter letter, boolean replayed) {
    return String.join(
        "  ",
        letter.place().toString(),
        Instant.ofEpochMilli(letter.timestampMillis()).toString(),
        orDash(letter.reason()),
        orDash(letter.stage()),
        source(letter),
        letter.valueBytes() + " bytes",
        replayed ? "replayed" : "standing");
  }

  /** Everything that is known of it, with the start of its value in hexadecimal. */
  public static String page(DeadLetter letter) {
    StringBuilder page = new StringBuilder();
    add(page, "place", letter.place().toString());
    add(page, "put aside", Instant.ofEpochMilli(letter.timestampMillis()).toString());
    add(page, "reason", orDash(letter.reason()));
    add(page, "stage", orDash(letter.stage()));
    add(page, "source", source(letter));
    add(page, "source time", time(letter.sourceTimestampMillis()));
    add(page, "key", letter.key() == null ? "none" : HEX.formatHex(letter.key()));
    for (Header header : letter.ownHeaders()) {
      add(page, "header " + header.key(), text(header.value()));
    }
    if (letter.truncatedFromBytes() >= 0) {
      add(page, "cut from", letter.truncatedFromBytes() + " bytes");
    }
    byte[] value = letter.value();
    add(page, "value", value == null ? "none" : value.length + " bytes");
    if (value != null) {
      dump(page, value);
    }
    return page.toString();
  }

  /** A JSON object in one line; key, values of headers and value are in base64. */
  public static String json(DeadLetter letter, boolean replayed, boolean withValue) {
    JsonArray headers = new JsonArray();
    letter
        .ownHeaders()
        .forEach(
            header ->
                headers.add(
                    new JsonObject()
                        .put("key", header.key())
                        .put("value", base64(header.value()))));
    JsonObject json =
        new JsonObject()
            .put("place", letter.place().toString())
            .put("topic", letter.place().topic())
            .put("partition", letter.place().partition())
            .put("offset", letter.place().offset())
            .put("time", Instant.ofEpochMilli(letter.timestampMillis()).toString())
            .put("reason", letter.reason())
            .put("stage", letter.stage())
            .put("sourceTopic", letter.sourceTopic())
            .put("sourcePartition", letter.sourcePartition())
            .put("sourceOffset", letter.sourceOffset())
            .put("key", base64(letter.key()))
            .put("headers", headers)
            .put("valueBytes", letter.valueBytes())
            .put("truncated", letter.truncatedFromBytes() >= 0)
            .put("replayed", replayed);
    return (withValue ? json.put("value", base64(letter.value())) : json).encode();
  }

  private static void add(StringBuilder page, String name, String value) {
    page.append(String.format("%-12s %s%n", name, value));
  }

  private static String source(DeadLetter letter) {
    return letter.sourceTopic() + "-" + letter.sourcePartition() + "@" + letter.sourceOffset();
  }

  private static String time(long epochMillis) {
    return epochMillis < 0 ? "-" : Instant.ofEpochMilli(epochMillis).toString();
  }

  private static String orDash(String text) {
    return text.isEmpty() ? "-" : text;
  }

  private static @Nullable String base64(byte @Nullable [] bytes) {
    return bytes == null ? null : Base64.getEncoder().encodeToString(bytes);
  }

  /** As text where it is printable, else in hexadecimal. */
  private static String text(byte @Nullable [] bytes) {
    if (bytes == null) {
      return "none";
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    return text.chars().allMatch(c -> c >= ' ' && c != 0x7f && c != 0xfffd)
        ? text
        : HEX.formatHex(bytes);
  }

  private static void dump(StringBuilder page, byte[] value) {
    int shown = Math.min(value.length, SHOWN_BYTES);
    for (int from = 0; from < shown; from += LINE_BYTES) {
      int to = Math.min(shown, from + LINE_BYTES);
      page.append(String.format("  %06x  %-48s", from, HEX.formatHex(value, from, to)));
      for (int i = from; i < to; i++) {
        page.append(value[i] >= ' ' && value[i] < 0x7f ? (char) value[i] : '.');
      }
      page.append(System.lineSeparator());
    }
    if (shown < value.length) {
      page.append(String.format("  ... %d bytes more; --json shows all%n", value.length - shown));
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.dlq;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a dead letter stands, as {@code otlp_spans.dlq-0@17}. */
public record LetterPlace(String topic, int partition, long offset) {
  private static final Pattern FORM = Pattern.compile("(.+)-(\\d{1,9})@(\\d{1,18})");

  /**
   * Reads what {@link #toString} writes.
   *
   * @throws IllegalArgumentException with what was expected
   */
  public static LetterPlace parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "expected TOPIC-PARTITION@OFFSET, such as otlp_spans.dlq-0@17, not '" + text + "'");
    }
    return new LetterPlace(
        matcher.group(1), Integer.parseInt(matcher.group(2)), Long.parseLong(matcher.group(3)));
  }

  @Override
  public String toString() {
    return topic + "-" + partition + "@" + offset;
  }
}

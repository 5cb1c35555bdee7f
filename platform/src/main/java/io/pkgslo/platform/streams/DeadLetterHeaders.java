// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.platform.streams;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Headers of a record that could not be read: its own, and whence and why. */
public final class DeadLetterHeaders {
  /** Common start of our headers; the same as on the dead letters of ingest. */
  private static final String PREFIX = "pkgslo.dlq.";

  private DeadLetterHeaders() {}

  /**
   * The headers of a dead letter.
   *
   * @param own those of the record
   * @param stage who could not read it
   * @param source where it stood
   * @param timestampMillis its own time
   */
  public static Headers of(
      Headers own, String stage, RecordMetadata source, long timestampMillis, String reason) {
    Headers headers = new RecordHeaders();
    for (Header header : own) {
      if (!header.key().startsWith(PREFIX)) {
        headers.add(header);
      }
    }
    add(headers, "reason", reason);
    add(headers, "stage", stage);
    add(headers, "topic", source.topic());
    add(headers, "partition", Integer.toString(source.partition()));
    add(headers, "offset", Long.toString(source.offset()));
    add(headers, "timestamp", Long.toString(timestampMillis));
    return headers;
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(PREFIX + name, value.getBytes(StandardCharsets.UTF_8));
  }
}

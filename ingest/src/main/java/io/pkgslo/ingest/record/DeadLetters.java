// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.record;

import io.pkgslo.model.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Records that could not be read, as they stand on {@code <topic>.dlq}: key, value and headers as
 * they came, and headers that say whence and why. The timestamp is that of dead-lettering, so that
 * retention counts from there; the record's own one is in a header.
 */
public final class DeadLetters {
  /** Common start of our headers. */
  public static final String PREFIX = "pkgslo.dlq.";

  public static final String REASON = PREFIX + "reason";
  public static final String STAGE = PREFIX + "stage";
  public static final String TOPIC = PREFIX + "topic";
  public static final String PARTITION = PREFIX + "partition";
  public static final String OFFSET = PREFIX + "offset";
  public static final String TIMESTAMP = PREFIX + "timestamp";

  /** Length of the value in bytes, where only its start is kept. */
  public static final String TRUNCATED = PREFIX + "truncated";

  private DeadLetters() {}

  /**
   * @param maxValueBytes of a longer value only so much is kept
   */
  static ProducerRecord<byte[], byte[]> of(
      ConsumerRecord<byte[], ByteBuffer> source,
      Rejection rejection,
      long nowMillis,
      int maxValueBytes) {
    Headers headers = new RecordHeaders();
    source.headers().forEach(header -> addUnlessOurs(headers, header.key(), header.value()));
    add(headers, REASON, rejection.reason());
    add(headers, STAGE, rejection.stage());
    add(headers, TOPIC, source.topic());
    add(headers, PARTITION, Integer.toString(source.partition()));
    add(headers, OFFSET, Long.toString(source.offset()));
    add(headers, TIMESTAMP, Long.toString(source.timestamp()));
    int length = source.value().remaining();
    if (length > maxValueBytes) {
      add(headers, TRUNCATED, Integer.toString(length));
    }
    return new ProducerRecord<>(
        Topics.deadLetterOf(source.topic()),
        null,
        nowMillis,
        source.key(),
        start(source.value(), Math.min(length, maxValueBytes)),
        headers);
  }

  private static byte[] start(ByteBuffer value, int length) {
    byte[] bytes = new byte[length];
    value.duplicate().get(bytes);
    return bytes;
  }

  /** A replayed dead letter that is refused again tells its latest place only. */
  private static void addUnlessOurs(Headers headers, String key, byte[] value) {
    if (!key.startsWith(PREFIX)) {
      headers.add(key, value);
    }
  }

  private static void add(Headers headers, String key, String value) {
    headers.add(key, value.getBytes(StandardCharsets.UTF_8));
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.dlq;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * A record that could not be read, with what our headers say of it. Headers that are missing, since
 * somebody else wrote to the topic, are empty texts or -1.
 */
public final class DeadLetter {
  /** Start of the headers that pkgslo adds; they do not go with a replay. */
  static final String PREFIX = "pkgslo.dlq.";

  private static final String SUFFIX = ".dlq";

  private final ConsumerRecord<byte[], byte[]> record;

  DeadLetter(ConsumerRecord<byte[], byte[]> record) {
    this.record = record;
  }

  /** Where it stands. */
  public LetterPlace place() {
    return new LetterPlace(record.topic(), record.partition(), record.offset());
  }

  /** When it was put aside, epoch milliseconds. */
  public long timestampMillis() {
    return record.timestamp();
  }

  /** Why, a constant. */
  public String reason() {
    return text("reason");
  }

  /** Who put it aside. */
  public String stage() {
    return text("stage");
  }

  /** Where it stood; by the name of its own topic where no header says it. */
  public String sourceTopic() {
    String topic = text("topic");
    return topic.isEmpty() && record.topic().endsWith(SUFFIX)
        ? record.topic().substring(0, record.topic().length() - SUFFIX.length())
        : topic;
  }

  /** Partition in which it stood. */
  public int sourcePartition() {
    return (int) number("partition");
  }

  /** Offset at which it stood. */
  public long sourceOffset() {
    return number("offset");
  }

  /** Its own timestamp, epoch milliseconds. */
  public long sourceTimestampMillis() {
    return number("timestamp");
  }

  /** Length that its value had, in bytes, when only the start of it was kept; else -1. */
  public long truncatedFromBytes() {
    return number("truncated");
  }

  public byte @Nullable [] key() {
    return record.key();
  }

  public byte @Nullable [] value() {
    return record.value();
  }

  /** Length of the value in bytes; -1 for none. */
  public int valueBytes() {
    return record.value() == null ? -1 : record.value().length;
  }

  /** The headers that it came with. */
  public List<Header> ownHeaders() {
    List<Header> own = new ArrayList<>();
    for (Header header : record.headers()) {
      if (!header.key().startsWith(PREFIX)) {
        own.add(copy(header));
      }
    }
    return own;
  }

  private static Header copy(Header header) {
    byte[] value = header.value();
    return new RecordHeader(
        header.key(), value == null ? null : Arrays.copyOf(value, value.length));
  }

  private String text(String name) {
    Headers headers = record.headers();
    Header header = headers.lastHeader(PREFIX + name);
    return header == null || header.value() == null
        ? ""
        : new String(header.value(), StandardCharsets.UTF_8);
  }

  private long number(String name) {
    try {
      return Long.parseLong(text(name));
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.recording;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One Kafka record of a recording.
 *
 * <p>Arrays are not copied: a message is read, written and forgotten. Two messages are equal only
 * if they are the same object.
 */
public final class RecordedMessage {
  private final int topic;
  private final int partition;
  private final long timestampMillis;
  private final byte @Nullable [] key;
  private final List<Header> headers;
  private final byte @Nullable [] value;

  /**
   * @param topic index into the metadata's topics
   * @param timestampMillis Unix milliseconds
   * @param key null for a record without key
   * @param value null for a tombstone
   */
  public RecordedMessage(
      int topic,
      int partition,
      long timestampMillis,
      byte @Nullable [] key,
      List<Header> headers,
      byte @Nullable [] value) {
    if (topic < 0 || partition < 0) {
      throw new IllegalArgumentException("topic " + topic + ", partition " + partition);
    }
    this.topic = topic;
    this.partition = partition;
    this.timestampMillis = timestampMillis;
    this.key = key;
    this.headers = List.copyOf(headers);
    this.value = value;
  }

  /** One header of a record; several may have the same key. */
  public static final class Header {
    private final String key;
    private final byte @Nullable [] value;

    /**
     * @param value may be null, as in Kafka
     */
    public Header(String key, byte @Nullable [] value) {
      this.key = key;
      this.value = value;
    }

    /** Never null, may be empty. */
    public String key() {
      return key;
    }

    /** Null if the header has no value. */
    public byte @Nullable [] value() {
      return value;
    }
  }

  /** Index into the metadata's topics. */
  public int topic() {
    return topic;
  }

  /** Partition, from 0. */
  public int partition() {
    return partition;
  }

  /** Unix milliseconds. */
  public long timestampMillis() {
    return timestampMillis;
  }

  /** Null for a record without key. */
  public byte @Nullable [] key() {
    return key;
  }

  /** In their order. */
  public List<Header> headers() {
    return headers;
  }

  /** Null for a tombstone. */
  public byte @Nullable [] value() {
    return value;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.platform;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * A consumer of committed records that is made by the thread that reads, so that the start of a
 * service does not wait for it, and woken by the thread that closes. Thread-safe; the consumer
 * itself is not.
 */
public final class LateConsumer {
  private final KafkaSettings kafka;
  private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;
  private volatile boolean woken;

  public LateConsumer(KafkaSettings kafka) {
    this.kafka = kafka;
  }

  /**
   * Makes it; the caller closes it.
   *
   * @throws WakeupException when {@link #wakeup} came before
   */
  public KafkaConsumer<byte[], byte[]> make() {
    KafkaConsumer<byte[], byte[]> made =
        new KafkaConsumer<>(
            kafka.with(Map.of(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer = made;
    if (woken) {
      made.close();
      throw new WakeupException();
    }
    return made;
  }

  /** Whoever reads, or is about to, meets a {@link WakeupException}. */
  public void wakeup() {
    woken = true;
    KafkaConsumer<byte[], byte[]> made = consumer;
    if (made != null) {
      made.wakeup();
    }
  }
}

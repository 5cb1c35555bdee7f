// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.platform;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.Test;

/** Nobody answers at this address, which is all the same to a consumer that is woken. */
class LateConsumerTest {
  private final LateConsumer late = new LateConsumer(KafkaSettings.of("127.0.0.1:1"));

  @Test
  void wokenBeforeItIsMade_isWoken() {
    late.wakeup();

    assertThatThrownBy(late::make).isInstanceOf(WakeupException.class);
  }

  @Test
  void wokenAfterwards_isWokenToo() {
    try (KafkaConsumer<byte[], byte[]> consumer = late.make()) {
      consumer.assign(List.of(new TopicPartition("any", 0)));
      late.wakeup();

      assertThatThrownBy(() -> consumer.poll(Duration.ofSeconds(30)))
          .isInstanceOf(WakeupException.class);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class DeadLettersTest {
  private static final byte[] KEY = {1, 2};

  private static ConsumerRecord<byte[], ByteBuffer> record(ByteBuffer value) {
    RecordHeaders headers = new RecordHeaders();
    headers.add("mine", "kept".getBytes(UTF_8));
    headers.add("pkgslo.dlq.offset", "of the first time".getBytes(UTF_8));
    return new ConsumerRecord<>(
        "otlp_logs",
        3,
        44,
        55,
        TimestampType.CREATE_TIME,
        2,
        3,
        KEY,
        value,
        headers,
        Optional.empty());
  }

  /** A value is a part of the batch that it was fetched with. */
  @Test
  void deadLetter_isTheRecordAsItCame_withItsPlaceAndReason() {
    ByteBuffer value = ByteBuffer.wrap(new byte[] {9, 7, 8, 6}, 1, 2).slice();
    ProducerRecord<byte[], byte[]> letter =
        DeadLetters.of(record(value), new Rejection("truncated", "decode"), 99);
    assertThat(letter.topic()).isEqualTo("otlp_logs.dlq");
    assertThat(letter.key()).isEqualTo(KEY);
    assertThat(letter.value()).containsExactly(7, 8);
    assertThat(letter.timestamp()).isEqualTo(99);
    Map<String, String> headers = new HashMap<>();
    letter
        .headers()
        .forEach(h -> assertThat(headers.put(h.key(), new String(h.value(), UTF_8))).isNull());
    assertThat(headers)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "mine", "kept",
                "pkgslo.dlq.reason", "truncated",
                "pkgslo.dlq.stage", "decode",
                "pkgslo.dlq.topic", "otlp_logs",
                "pkgslo.dlq.partition", "3",
                "pkgslo.dlq.offset", "44",
                "pkgslo.dlq.timestamp", "55"));
  }
}

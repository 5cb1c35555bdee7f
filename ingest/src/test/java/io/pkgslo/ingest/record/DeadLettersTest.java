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
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
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
        DeadLetters.of(record(value), new Rejection("truncated", "decode"), 99, 100);
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

  /** The topic's limit decides what can be kept; where the rest is stays on record. */
  @Test
  void longValue_isCut_andSaysHowLongItWas() {
    ByteBuffer value = ByteBuffer.wrap(new byte[] {9, 7, 8, 6});
    ProducerRecord<byte[], byte[]> letter =
        DeadLetters.of(record(value), new Rejection("not-otlp", "decode"), 99, 3);
    assertThat(letter.value()).containsExactly(9, 7, 8);
    assertThat(new String(letter.headers().lastHeader("pkgslo.dlq.truncated").value(), UTF_8))
        .isEqualTo("4");
    assertThat(letter.key()).isEqualTo(KEY);
  }

  @Test
  void letters_keepLess_onlyWhenARecordIsTooLarge() {
    LetterSize size = new LetterSize();
    int all = size.bytes();
    assertThat(size.reduce(new KafkaException("fenced"))).isFalse();
    assertThat(size.bytes()).isEqualTo(all);
    KafkaException tooLarge = new KafkaException("x", new RecordTooLargeException("y"));
    assertThat(size.reduce(tooLarge)).isTrue();
    assertThat(size.bytes()).isBetween(500_000, 1_000_000);
    assertThat(size.reduce(tooLarge)).isTrue();
    assertThat(size.bytes()).isZero();
    // What is too large now is no dead letter.
    assertThat(size.reduce(tooLarge)).isFalse();
  }
}

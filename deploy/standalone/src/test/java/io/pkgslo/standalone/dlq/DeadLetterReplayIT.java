// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.dlq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pkgslo.broker.EmbeddedKafka;
import io.pkgslo.platform.KafkaSettings;
import io.pkgslo.testing.Accounts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does after a fault is mended, on a real broker. */
class DeadLetterReplayIT {
  private static final LetterFilter ALL = new LetterFilter(Set.of(), Set.of(), Long.MAX_VALUE);

  @TempDir Path directory;
  private EmbeddedKafka kafka;
  private KafkaSettings settings;

  @BeforeEach
  void start() {
    kafka = EmbeddedKafka.start(directory);
    settings = KafkaSettings.of(kafka.bootstrapServers());
    kafka.createTopic("otlp_spans", 3);
    kafka.createTopic("otlp_logs", 1);
    kafka.createTopic("otlp_spans.dlq", 1);
    kafka.createTopic("otlp_logs.dlq", 1);
  }

  @AfterEach
  void stop() {
    kafka.close();
  }

  private void letter(String topic, int partition, String value, String reason, String... more) {
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(topic + ".dlq", 0, "key".getBytes(UTF_8), value.getBytes(UTF_8));
    letter.headers().add("mine", "kept".getBytes(UTF_8));
    letter.headers().add("pkgslo.dlq.reason", reason.getBytes(UTF_8));
    letter.headers().add("pkgslo.dlq.topic", topic.getBytes(UTF_8));
    letter.headers().add("pkgslo.dlq.partition", Integer.toString(partition).getBytes(UTF_8));
    for (int i = 0; i < more.length; i += 2) {
      letter.headers().add(more[i], more[i + 1].getBytes(UTF_8));
    }
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            settings.with(Map.of()), new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(letter);
    }
  }

  private List<ConsumerRecord<byte[], byte[]>> read(String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            settings.with(Map.of("isolation.level", "read_committed")),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }

  /** Every letter that it reads is accounted for, also those that it leaves standing. */
  private static DeadLetterReplay.Result replay(DeadLetterReplay replay, LetterFilter filter) {
    DeadLetterReplay.Result result = replay.replay(filter);
    Accounts.assertBalanced(
        "replay",
        result.received(),
        result.total() + result.before() + result.truncated() + result.passedOver());
    return result;
  }

  private List<String> values(String topic) {
    return read(topic).stream().map(record -> new String(record.value(), UTF_8)).toList();
  }

  @Test
  void replay_sendsTheRecordAsItCame_toItsPartition_once() {
    letter("otlp_spans", 2, "a", "truncated");
    DeadLetterReplay replay = new DeadLetterReplay(settings);

    assertThat(replay(replay, ALL).total()).isEqualTo(1);
    DeadLetterReplay.Result second = replay(replay, ALL);

    assertThat(second.total()).isZero();
    List<ConsumerRecord<byte[], byte[]>> records = read("otlp_spans");
    assertThat(records).hasSize(1);
    ConsumerRecord<byte[], byte[]> record = records.get(0);
    assertThat(record.partition()).isEqualTo(2);
    assertThat(record.key()).isEqualTo("key".getBytes(UTF_8));
    assertThat(record.value()).isEqualTo("a".getBytes(UTF_8));
    assertThat(record.headers()).extracting(header -> header.key()).containsExactly("mine");
  }

  @Test
  void filter_leavesOthersStanding_andTheyAreSentLater_once() {
    letter("otlp_spans", 0, "a", "truncated");
    letter("otlp_spans", 0, "b", "too-large");
    letter("otlp_spans", 0, "c", "truncated");
    letter("otlp_spans", 0, "d", "too-large");
    letter("otlp_logs", 0, "e", "too-large");
    DeadLetterReplay replay = new DeadLetterReplay(settings);

    LetterFilter large = new LetterFilter(Set.of("otlp_spans"), Set.of("too-large"), 100);
    assertThat(replay(replay, large).replayed()).containsExactly(Map.entry("otlp_spans", 2L));
    assertThat(values("otlp_spans")).containsExactly("b", "d");
    assertThat(replay(replay, large).total()).isZero();

    DeadLetterReplay.Result rest = replay(replay, ALL);

    assertThat(rest.replayed())
        .containsOnly(Map.entry("otlp_spans", 2L), Map.entry("otlp_logs", 1L));
    assertThat(rest.before()).isEqualTo(2);
    assertThat(values("otlp_spans")).containsExactly("b", "d", "a", "c");
    assertThat(values("otlp_logs")).containsExactly("e");
    assertThat(replay(replay, ALL).total()).isZero();
  }

  @Test
  void limit_isGoneOnFrom() {
    for (int i = 0; i < 5; i++) {
      letter("otlp_logs", 0, "v" + i, "truncated");
    }
    DeadLetterReplay replay = new DeadLetterReplay(settings);
    LetterFilter two = new LetterFilter(Set.of(), Set.of(), 2);
    assertThat(replay(replay, two).total()).isEqualTo(2);
    assertThat(replay(replay, two).total()).isEqualTo(2);
    assertThat(replay(replay, two).total()).isEqualTo(1);
    assertThat(values("otlp_logs")).containsExactly("v0", "v1", "v2", "v3", "v4");
  }

  /** The end of it is lost: what would be sent is not what came. */
  @Test
  void cutLetter_isLeftStanding() {
    letter("otlp_logs", 0, "start", "too-large", "pkgslo.dlq.truncated", "99999999");
    letter("otlp_logs", 0, "whole", "truncated");
    DeadLetterReplay.Result result = replay(new DeadLetterReplay(settings), ALL);
    assertThat(result.truncated()).isEqualTo(1);
    assertThat(values("otlp_logs")).containsExactly("whole");
  }

  /** A record and the note that it was sent are one: without the one there is not the other. */
  @Test
  void replayThatFails_sendsNothing_andNextTimeAll() {
    letter("otlp_logs", 0, "a", "truncated");
    letter("otlp_logs", 0, "b", "truncated", "pkgslo.dlq.topic", "no.such.topic");
    DeadLetterReplay replay =
        new DeadLetterReplay(
            KafkaSettings.of(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "max.block.ms", "1000")));
    assertThatThrownBy(() -> replay(replay, ALL)).isInstanceOf(RuntimeException.class);
    assertThat(values("otlp_logs")).isEmpty();

    kafka.createTopic("no.such.topic", 1);
    assertThat(replay(new DeadLetterReplay(settings), ALL).total()).isEqualTo(2);
    assertThat(values("otlp_logs")).containsExactly("a");
    assertThat(values("no.such.topic")).containsExactly("b");
  }

  @Test
  void list_says_whatStandsAndWhatWasSent() {
    letter("otlp_logs", 0, "a", "truncated");
    letter("otlp_logs", 0, "b", "not-otlp");
    replay(
        new DeadLetterReplay(settings),
        new LetterFilter(Set.of(), Set.of("not-otlp"), Long.MAX_VALUE));
    List<String> lines = new ArrayList<>();
    try (DeadLetters letters = new DeadLetters(settings)) {
      letters.visit(ALL, (letter, replayed) -> lines.add(LetterText.line(letter, replayed)));
      DeadLetter second = letters.at(LetterPlace.parse("otlp_logs.dlq-0@1"));
      assertThat(second).isNotNull();
      assertThat(LetterText.page(second)).contains("not-otlp", "header mine", "kept", "62");
      assertThat(LetterText.json(second, true, true))
          .contains("\"value\":\"Yg==\"", "\"replayed\":true", "\"sourceTopic\":\"otlp_logs\"");
      assertThat(letters.at(LetterPlace.parse("otlp_logs.dlq-0@77"))).isNull();
    }
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).startsWith("otlp_logs.dlq-0@0").contains("truncated", "standing");
    assertThat(lines.get(1)).startsWith("otlp_logs.dlq-0@1").contains("not-otlp", "replayed");
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.exact;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.ingest.record.DeadLetters;
import io.pkgslo.model.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The numbers on {@code /metrics} are those of an offline count of the same records. */
class ExactCountsIT {
  @TempDir Path directory;

  @Test
  void faultyRollout_isCountedExactly() throws IOException {
    assertCountedExactly(Recordings.FAULTY, OfflineCounter.count(Recordings.FAULTY, Shape.PROTO));
  }

  @Test
  void innocentRollout_isCountedExactly() throws IOException {
    assertCountedExactly(
        Recordings.INNOCENT, OfflineCounter.count(Recordings.INNOCENT, Shape.PROTO));
  }

  @ParameterizedTest
  @EnumSource
  void encodingAndPartitioning_changeNoNumber(Shape shape) throws IOException {
    Path recording =
        Recordings.only(shape, Recordings.VARIANTS, directory.resolve("variants.pkgrec"));
    assertCountedExactly(recording, OfflineCounter.count(Recordings.VARIANTS, shape));
  }

  @Test
  void poisonRecords_areDeadLetteredAndChangeNoNumber() throws IOException {
    Path variants =
        Recordings.only(Shape.PROTO, Recordings.VARIANTS, directory.resolve("variants.pkgrec"));
    Path recording = Recordings.poisoned(variants, directory.resolve("poisoned.pkgrec"));
    try (RunningServices services = new RunningServices(directory.resolve("run"), recording)) {
      assertThat(
              services
                  .afterReplay()
                  .totals()
                  .differencesFrom(OfflineCounter.count(variants, Shape.PROTO)))
          .isEmpty();
      String[] reasons =
          Arrays.stream(Poison.values())
              .map(Poison::reason)
              .filter(Objects::nonNull)
              .toArray(String[]::new);
      for (String topic : Topics.otlp()) {
        assertThat(deadLetterReasons(services.bootstrapServers(), topic))
            .as(topic)
            .containsExactlyInAnyOrder(reasons);
      }
    }
  }

  private void assertCountedExactly(Path recording, Totals expected) throws IOException {
    assertThat(expected.get(Measure.CALLS)).isPositive();
    try (RunningServices services = new RunningServices(directory.resolve("run"), recording)) {
      assertThat(services.afterReplay().totals().differencesFrom(expected)).isEmpty();
    }
  }

  private static List<String> deadLetterReasons(String kafka, String topic) {
    String deadLetters = Topics.deadLetterOf(topic);
    List<String> reasons = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka, "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(deadLetters).stream()
              .map(partition -> new TopicPartition(deadLetters, partition.partition()))
              .toList();
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        for (ConsumerRecord<byte[], byte[]> letter : consumer.poll(Duration.ofMillis(100))) {
          byte[] reason = letter.headers().lastHeader(DeadLetters.REASON).value();
          reasons.add(new String(reason, StandardCharsets.UTF_8));
        }
      }
    }
    return reasons;
  }
}

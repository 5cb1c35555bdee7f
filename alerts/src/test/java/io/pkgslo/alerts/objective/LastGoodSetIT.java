// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pkgslo.broker.EmbeddedKafka;
import io.pkgslo.model.Topics;
import io.pkgslo.platform.KafkaSettings;
import io.pkgslo.platform.TopicAdmin;
import io.pkgslo.platform.TopicPlan;
import io.pkgslo.testing.NothingReceived;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start on broken files finds, on a real broker. */
@NothingReceived("what stands on a topic is looked up, and its one record is not consumed")
class LastGoodSetIT {
  /** One that pkgslo counts, and one that only Prometheus knows. */
  private static final String FILES =
      """
      apiVersion: openslo/v1
      kind: SLO
      metadata:
        name: shop
        annotations:
          pkgslo.io/tiers: "1h: 3% sev1 for=2m, 3d: off"
          pkgslo.io/runbook: https://runbooks.example.com/shop
      spec:
        service: shop
        indicator:
          spec:
            ratioMetric:
              bad: &calls {metricSource: {type: pkgslo, spec: {sli: availability}}}
              total: *calls
        timeWindow: [{duration: 30d, isRolling: true}]
        budgetingMethod: Occurrences
        objectives: [{target: 0.99}]
      ---
      apiVersion: openslo/v1
      kind: SLO
      metadata: {name: queue}
      spec:
        service: shop
        indicator:
          spec:
            thresholdMetric: {metricSource: {type: prometheus, spec: {query: max(queue_length)}}}
        timeWindow: [{duration: 30d, isRolling: true}]
        budgetingMethod: Occurrences
        objectives: [{target: 0.99, op: lt, value: 100}]
      """;

  @TempDir Path dir;

  @Test
  void publishedSet_isReadBackWholeAndWrittenOnce() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(dir.resolve("kafka"))) {
      KafkaSettings settings = KafkaSettings.of(kafka.bootstrapServers());
      assertThat(new LastGoodSet(settings).read()).as("before anything is there").isNull();
      new TopicAdmin(settings, Duration.ofSeconds(30)).ensure(TopicPlan.of(1));
      assertThat(new LastGoodSet(settings).read()).as("before anything was published").isNull();
      List<Slo> files = ObjectiveFiles.read(Files.writeString(dir.resolve("f.yaml"), FILES)).slos();
      List<Slo> active = ActiveObjectives.with(files);
      Clock clock = Clock.systemUTC();

      new ObjectivePublisher(settings, MetricBuckets.NONE, clock).publish(active);
      new ObjectivePublisher(settings, MetricBuckets.NONE, clock).publish(active);

      assertThat(files).hasSize(2);
      assertThat(new LastGoodSet(settings).read()).isEqualTo(files);
      assertThat(records(settings)).isEqualTo(1);

      new ObjectivePublisher(settings, MetricBuckets.NONE, clock)
          .publish(ActiveObjectives.with(List.of()));

      assertThat(new LastGoodSet(settings).read()).isEmpty();
    }
  }

  /**
   * As a version without such sets left it: the objectives must not be replaced by the built-in
   * ones.
   */
  @Test
  void objectivesWithoutASet_stopAStartOnBrokenFiles() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(dir.resolve("kafka"))) {
      KafkaSettings settings = KafkaSettings.of(kafka.bootstrapServers());
      new TopicAdmin(settings, Duration.ofSeconds(30)).ensure(TopicPlan.of(1));
      try (KafkaProducer<byte[], byte[]> producer =
          new KafkaProducer<>(
              settings.with(Map.of()), new ByteArraySerializer(), new ByteArraySerializer())) {
        producer
            .send(new ProducerRecord<>(Topics.OBJECTIVES, 0, new byte[] {1}, new byte[0]))
            .get();
      }

      assertThatThrownBy(() -> new LastGoodSet(settings).read())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("has no set of this version");
    }
  }

  private static long records(KafkaSettings settings) {
    TopicPartition topic = new TopicPartition(Topics.OBJECTIVE_FILES, 0);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            settings.with(Map.of()), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      return consumer.endOffsets(List.of(topic)).get(topic);
    }
  }
}

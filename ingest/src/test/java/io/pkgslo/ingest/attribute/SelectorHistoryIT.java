// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.broker.EmbeddedKafka;
import io.pkgslo.ingest.record.SelectorStore;
import io.pkgslo.model.SelectorId;
import io.pkgslo.model.Topics;
import io.pkgslo.model.wire.Objective;
import io.pkgslo.platform.KafkaSettings;
import io.pkgslo.platform.TopicAdmin;
import io.pkgslo.platform.TopicPlan;
import io.pkgslo.testing.Accounts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An ingest that was restarted while older records wait, and objectives that changed meanwhile. */
class SelectorHistoryIT {
  @TempDir Path dir;

  /** Records of before the change are still to be read: what they are for must be known. */
  @Test
  void restart_knowsWhatAChangeReplaced() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(dir.resolve("kafka"))) {
      KafkaSettings settings = KafkaSettings.of(kafka.bootstrapServers());
      new TopicAdmin(settings, Duration.ofSeconds(30)).ensure(TopicPlan.of(1));
      Objective before = objective("tenant == 'a'");
      Objective after = objective("tenant == 'b'");
      publish(settings, before, after);

      try (SelectorStore restarted = new SelectorStore(settings)) {
        Accounts.watch("selectors", List.of(restarted.accounts()));
        restarted.await();
        assertThat(restarted.selectors().logs())
            .extracting(Selector::id)
            .containsExactly(SelectorId.of(before), SelectorId.of(after));
      }
      assertThat(setting(settings, "min.compaction.lag.ms"))
          .isEqualTo(Long.toString(Duration.ofDays(7).toMillis()));
    }
  }

  private static Objective objective(String filter) {
    Objective.Builder objective =
        Objective.newBuilder().setId("charges").setSli(Objective.Sli.LOG).setTarget("0.9");
    objective.getSelectorBuilder().setFilter(filter).setBadFilter("severity >= ERROR");
    return objective.build();
  }

  private static void publish(KafkaSettings settings, Objective... objectives) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            settings.with(Map.of()), new ByteArraySerializer(), new ByteArraySerializer())) {
      for (Objective objective : objectives) {
        byte[] key = objective.getId().getBytes(StandardCharsets.UTF_8);
        producer
            .send(new ProducerRecord<>(Topics.OBJECTIVES, 0, key, objective.toByteArray()))
            .get();
      }
    }
  }

  private static String setting(KafkaSettings settings, String name) throws Exception {
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, Topics.OBJECTIVES);
    try (Admin admin = Admin.create(settings.with(Map.of()))) {
      return admin.describeConfigs(List.of(topic)).all().get().get(topic).get(name).value();
    }
  }
}

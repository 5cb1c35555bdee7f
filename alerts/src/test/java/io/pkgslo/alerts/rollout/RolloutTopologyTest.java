// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import static io.pkgslo.alerts.rollout.Minutes.at;
import static io.pkgslo.alerts.rollout.Minutes.bucket;
import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.alerts.Accounting;
import io.pkgslo.alerts.judge.Policy;
import io.pkgslo.model.Topics;
import io.pkgslo.model.wire.Progress;
import io.pkgslo.model.wire.SliBlock;
import io.pkgslo.model.wire.SliBucket;
import io.pkgslo.testing.Accounts;
import io.pkgslo.testing.Sample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RolloutTopologyTest {
  private final RolloutTopology topology = new RolloutTopology(1, RolloutRules.of(Policy.DEFAULT));
  private TopologyTestDriver driver;
  private TestInputTopic<byte[], byte[]> slis;
  private TestOutputTopic<String, byte[]> verdicts;

  @BeforeEach
  void start() {
    Properties settings = new Properties();
    settings.put("application.id", "test");
    settings.put("bootstrap.servers", "unused:9092");
    driver = new TopologyTestDriver(topology.build(), settings);
    slis =
        driver.createInputTopic(Topics.SLIS, new ByteArraySerializer(), new ByteArraySerializer());
    verdicts =
        driver.createOutputTopic(
            Topics.VERDICTS, new StringDeserializer(), new ByteArrayDeserializer());
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  @Test
  void minute_isJudged_onlyWhenItIsClosed() throws IOException {
    send(at(1), bucket(0, "1.4.0", 900, 0));
    send(at(1), bucket(1, "1.4.0", 900, 0), bucket(1, "1.5.0", 100, 0));
    assertThat(views()).isEmpty();

    send(at(2) - 1);
    assertThat(views()).isEmpty();

    send(at(2));
    assertThat(views()).singleElement().extracting(RolloutView::verdict).isEqualTo("hold");
  }

  @Test
  void everyPartition_mustHaveClosedTheMinute() throws IOException {
    slis.pipeInput(null, block(List.of(bucket(0, "1.4.0", 900, 0)), at(3), 0, 2));
    slis.pipeInput(
        null, block(List.of(bucket(1, "1.4.0", 900, 0), bucket(1, "1.5.0", 99, 0)), at(3), 0, 2));
    assertThat(views()).isEmpty();

    slis.pipeInput(null, block(List.of(), at(2), 1, 2));
    assertThat(views()).hasSize(1);
  }

  @Test
  void faultyRelease_isRolledBack_overTheWholeWay() throws IOException {
    send(at(1), bucket(0, "1.4.0", 900, 0));
    for (int i = 1; i <= 8; i++) {
      send(at(i + 1), bucket(i, "1.4.0", 900, 0), bucket(i, "1.5.0", 100, 2));
    }

    List<RolloutView> views = views();
    RolloutView last = views.get(views.size() - 1);
    assertThat(last.verdict()).isEqualTo("rollback");
    assertThat(last.code()).isEqualTo(-1);
    assertThat(last.goPackage()).isEqualTo(Minutes.PRICING);
    assertThat(views).extracting(RolloutView::id).containsOnly(last.id());
  }

  @Test
  void bucketOfAJudgedMinute_isCounted_andChangesNothing() throws IOException {
    send(at(1), bucket(0, "1.4.0", 900, 0));
    send(at(2), bucket(1, "1.4.0", 900, 0), bucket(1, "1.5.0", 100, 0));
    views();

    send(at(2), bucket(1, "1.5.0", 100, 90));

    assertThat(topology.counters().lateBuckets()).isEqualTo(1);
    assertThat(views()).isEmpty();
  }

  /**
   * Of any topic that is read: what cannot be read is put aside as it came, and the next is read.
   */
  @Test
  void unreadableRecord_isPutAside_andTheNextIsRead() throws IOException {
    byte[] key = {1};
    byte[] garbage = {(byte) 0xff, 1, 2};
    for (String topic : List.of(Topics.SLIS, Topics.LOOKS, Topics.OVERRIDES)) {
      TestInputTopic<byte[], byte[]> in =
          driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer());
      in.pipeInput(key, garbage);
      in.pipeInput(key, (byte[]) null);
      List<TestRecord<byte[], byte[]>> letters =
          driver
              .createOutputTopic(
                  Topics.deadLetterOf(topic),
                  new ByteArrayDeserializer(),
                  new ByteArrayDeserializer())
              .readRecordsToList();
      assertThat(letters).as(topic).hasSize(2);
      assertThat(letters.get(0).key()).isEqualTo(key);
      assertThat(letters.get(0).value()).isEqualTo(garbage);
      assertThat(letters.get(1).value()).isNull();
      assertThat(letters)
          .allSatisfy(
              letter -> {
                assertThat(header(letter, "topic")).isEqualTo(topic);
                assertThat(header(letter, "stage")).isEqualTo("alerts");
                assertThat(header(letter, "reason")).startsWith("unreadable-");
              });
    }
    TestInputTopic<byte[], byte[]> observations =
        driver.createInputTopic(
            Topics.OBSERVATIONS, new ByteArraySerializer(), new ByteArraySerializer());
    observations.pipeInput(key, garbage);
    observations.pipeInput(key, (byte[]) null);
    send(at(1), bucket(0, "1.4.0", 900, 0));
    send(at(2), bucket(1, "1.4.0", 900, 0), bucket(1, "1.5.0", 100, 0));

    assertThat(topology.counters().unreadableBlocks()).isEqualTo(6);
    assertThat(topology.counters().unreadableOrders()).isEqualTo(2);
    assertThat(views()).hasSize(1);
    topology.commits().committed();
    Accounting accounting = new Accounting(topology.accounts());
    accounting.assertBalanced();
    assertThat(accounting.sum("pkgslo_records_dead_lettered_total")).isEqualTo(6);
    assertThat(accounting.sum("pkgslo_records_processed_total")).isEqualTo(4);
    Accounts.assertBalanced("crashes", Sample.of(topology.crashes().collect()));
  }

  private static String header(TestRecord<byte[], byte[]> letter, String name) {
    return new String(
        letter.headers().lastHeader("pkgslo.dlq." + name).value(), StandardCharsets.UTF_8);
  }

  @Test
  void progress_isPublished_soThatReadersKnowHowFarItIs() {
    send(at(4), bucket(0, "1.4.0", 900, 0));
    driver.advanceWallClockTime(Duration.ofSeconds(2));

    assertThat(verdicts.readKeyValuesToList())
        .filteredOn(record -> record.key.startsWith(RolloutJson.PROGRESS_KEY_PREFIX))
        .singleElement()
        .satisfies(
            record ->
                assertThat(Progress.parseFrom(record.value).getThroughMillis()).isEqualTo(at(4)));
  }

  private void send(long throughMillis, SliBucket... buckets) {
    slis.pipeInput(null, block(List.of(buckets), throughMillis, 0, 1));
  }

  private static byte[] block(List<SliBucket> buckets, long through, int partition, int of) {
    return SliBlock.newBuilder()
        .addAllBucket(buckets)
        .addProgress(
            Progress.newBuilder()
                .setTopic(Topics.OBSERVATIONS)
                .setPartition(partition)
                .setPartitions(of)
                .setThroughMillis(through))
        .build()
        .toByteArray();
  }

  private List<RolloutView> views() throws IOException {
    List<RolloutView> views = new ArrayList<>();
    for (KeyValue<String, byte[]> record : verdicts.readKeyValuesToList()) {
      if (!record.key.startsWith(RolloutJson.PROGRESS_KEY_PREFIX)) {
        views.add(RolloutJson.mapper().readValue(record.value, RolloutView.class));
      }
    }
    return views;
  }
}

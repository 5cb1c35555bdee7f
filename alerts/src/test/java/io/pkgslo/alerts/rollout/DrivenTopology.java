// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import io.pkgslo.model.Topics;
import io.pkgslo.model.wire.ObservationBlock;
import io.pkgslo.model.wire.Progress;
import io.pkgslo.model.wire.SliBlock;
import io.pkgslo.model.wire.SliBucket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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

/** The topology with one partition, fed minute by minute. */
final class DrivenTopology implements AutoCloseable {
  private final TopologyTestDriver driver;
  private final TestInputTopic<byte[], byte[]> slis;
  private final TestInputTopic<byte[], byte[]> observations;
  private final TestInputTopic<byte[], byte[]> orders;
  private final TestOutputTopic<String, byte[]> verdicts;
  private final TestOutputTopic<String, byte[]> decisions;

  DrivenTopology(RolloutTopology topology) {
    Properties settings = new Properties();
    settings.put("application.id", "test");
    settings.put("bootstrap.servers", "unused:9092");
    driver = new TopologyTestDriver(topology.build(), settings);
    slis = input(Topics.SLIS);
    observations = input(Topics.OBSERVATIONS);
    orders = input(Topics.OVERRIDES);
    verdicts = output(Topics.VERDICTS);
    decisions = output(Topics.DECISIONS);
  }

  private TestInputTopic<byte[], byte[]> input(String topic) {
    return driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private TestOutputTopic<String, byte[]> output(String topic) {
    return driver.createOutputTopic(topic, new StringDeserializer(), new ByteArrayDeserializer());
  }

  /** Buckets, and then: everything before {@code minute} is closed. */
  void closeUntil(int minute, SliBucket... buckets) {
    closeUntil(minute, List.of(buckets));
  }

  void closeUntil(int minute, List<SliBucket> buckets) {
    slis.pipeInput(
        SliBlock.newBuilder()
            .addAllBucket(buckets)
            .addProgress(
                Progress.newBuilder()
                    .setTopic(Topics.OBSERVATIONS)
                    .setPartition(0)
                    .setPartitions(1)
                    .setThroughMillis(Minutes.at(minute)))
            .build()
            .toByteArray());
  }

  void observe(ObservationBlock block) {
    observations.pipeInput(block.toByteArray());
  }

  void order(Order order) {
    orders.pipeInput(OrderCodec.encode(order));
  }

  void order(byte[] bytes) {
    orders.pipeInput(bytes);
  }

  /** What was told since the last call. */
  List<RolloutView> views() {
    List<RolloutView> views = new ArrayList<>();
    for (KeyValue<String, byte[]> record : verdicts.readKeyValuesToList()) {
      if (!record.key.startsWith(RolloutJson.PROGRESS_KEY_PREFIX)) {
        try {
          views.add(RolloutJson.mapper().readValue(record.value, RolloutView.class));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    return views;
  }

  /** What was told last. */
  RolloutView view() {
    List<RolloutView> views = views();
    return views.get(views.size() - 1);
  }

  /** What was recorded since the last call. */
  List<String> records() {
    return decisions.readKeyValuesToList().stream()
        .map(record -> new String(record.value, StandardCharsets.UTF_8))
        .toList();
  }

  @Override
  public void close() {
    driver.close();
  }
}

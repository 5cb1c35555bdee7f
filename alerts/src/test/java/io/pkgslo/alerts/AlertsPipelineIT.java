// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pkgslo.alerts.judge.Policy;
import io.pkgslo.alerts.ledger.LedgerCheck;
import io.pkgslo.alerts.ledger.LedgerException;
import io.pkgslo.alerts.ledger.LedgerLine;
import io.pkgslo.alerts.objective.DefaultObjectives;
import io.pkgslo.alerts.rollout.Order;
import io.pkgslo.alerts.rollout.OrderKind;
import io.pkgslo.alerts.rollout.RolloutView;
import io.pkgslo.broker.EmbeddedKafka;
import io.pkgslo.model.Partitions;
import io.pkgslo.model.Topics;
import io.pkgslo.model.wire.ProcessShare;
import io.pkgslo.model.wire.Progress;
import io.pkgslo.model.wire.SliBlock;
import io.pkgslo.model.wire.SliBucket;
import io.pkgslo.platform.KafkaSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Closed minutes on a real broker become one verdict per rollout, also over a restart. */
class AlertsPipelineIT {
  private static final int PARTITIONS = 2;
  private static final String SERVICE = "shop/checkout";
  private static final String PRICING = "github.com/acme/shop/pricing";
  private static final String CART = "github.com/acme/shop/cart";
  private static final long START = 1_700_000_040_000L;
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @TempDir Path dir;
  private EmbeddedKafka kafka;
  private AlertsPipeline pipeline;
  private KafkaProducer<byte[], byte[]> producer;

  @BeforeEach
  void start() {
    kafka = EmbeddedKafka.start(dir.resolve("kafka"));
    pipeline = startPipeline();
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  @AfterEach
  void stop() {
    producer.close();
    pipeline.close();
    kafka.close();
  }

  @Test
  void faultyRelease_isRolledBack_alsoWhenTheServiceRestartsHalfWay() throws Exception {
    for (int minute = 0; minute < 4; minute++) {
      sendMinute(minute);
    }
    awaitJudgedThrough(4);
    String id = rollout().id();

    pipeline.close();
    pipeline = startPipeline();
    for (int minute = 4; minute < 10; minute++) {
      sendMinute(minute);
    }

    awaitJudgedThrough(10);
    assertThat(rollout().verdict()).isEqualTo("rollback");
    assertThat(rollout().goPackage()).isEqualTo(PRICING);
    assertThat(rollout().id()).isEqualTo(id);
    assertThat(rollout().reason()).contains("v1.5.0").contains("v1.4.0");
    assertThat(rollout().evidence())
        .filteredOn(claim -> claim.goPackage().equals(PRICING) && claim.sli().equals("panics"))
        .singleElement()
        .satisfies(
            claim -> {
              assertThat(claim.canaryEvents()).isEqualTo(16);
              assertThat(claim.canaryCalls()).isEqualTo(800);
              assertThat(claim.baselineCalls()).isEqualTo(7200);
            });
    assertThat(new LedgerCheck().verify(ledger(id))).isEmpty();
    assertThat(new Accounting(pipeline.accounts()).sum("pkgslo_records_received_total"))
        .isPositive();
  }

  /** What a person says takes effect at once, and stands in the ledger, also after a restart. */
  @Test
  void order_isObeyed_andRecorded_andSurvivesARestart() throws Exception {
    for (int minute = 0; minute < 8; minute++) {
      sendMinute(minute);
    }
    awaitJudgedThrough(8);
    RolloutView rolledBack = rollout();
    assertThat(rolledBack.verdict()).isEqualTo("rollback");

    pipeline
        .orders()
        .publish(
            Order.ofPerson(
                "1", OrderKind.FREEZE, rolledBack, "ann", "look at it", START + 480_000));
    await().atMost(PATIENCE).until(() -> rollout().verdict().equals("hold"));

    pipeline.close();
    pipeline = startPipeline();
    sendMinute(8);
    awaitJudgedThrough(9);
    assertThat(rollout().reason()).contains("frozen by ann (look at it)");
    String last = rollout().decisionId();
    await().atMost(PATIENCE).until(() -> pipeline.ledger().record(last) != null);
    List<String> chain = ledger(rolledBack.id());
    assertThat(chain).hasSize(3);
    assertThat(new LedgerCheck().verify(chain)).isEmpty();
    assertThat(pipeline.ledger().lines(rolledBack.id()))
        .extracting(LedgerLine::verdict)
        .containsExactly("hold", "rollback", "hold");
  }

  private List<String> ledger(String rollout) throws LedgerException {
    await().atMost(PATIENCE).until(() -> !pipeline.ledger().lines(rollout).isEmpty());
    return pipeline.ledger().records(rollout);
  }

  private void awaitJudgedThrough(int minute) {
    Instant end = Instant.ofEpochMilli(START + minute * 60_000L);
    await()
        .atMost(PATIENCE)
        .until(() -> rollout() != null && end.equals(rollout().evaluatedThrough()));
  }

  private AlertsPipeline startPipeline() {
    AlertsPipeline started =
        new AlertsPipeline(
            new AlertsSettings(
                KafkaSettings.of(kafka.bootstrapServers()),
                PARTITIONS,
                "pkgslo-alerts",
                Duration.ofMillis(100),
                DefaultObjectives.all(),
                Policy.DEFAULT),
            Clock.systemUTC());
    Accounting.watch(started);
    started.start(() -> {});
    return started;
  }

  private RolloutView rollout() {
    List<RolloutView> rollouts = pipeline.view().rollouts();
    return rollouts.isEmpty() ? null : rollouts.get(0);
  }

  /** The canary comes in minute 1; two episodes per minute in its package pricing. */
  private void sendMinute(int minute) {
    for (String goPackage : List.of(PRICING, CART)) {
      SliBlock.Builder block = SliBlock.newBuilder();
      block.addBucket(bucket(minute, "v1.4.0", goPackage, 900, 0));
      if (minute > 0) {
        block.addBucket(
            bucket(minute, "v1.5.0", goPackage, 100, goPackage.equals(PRICING) ? 2 : 0));
      }
      send(Partitions.ofSubject(SERVICE, goPackage, PARTITIONS), block.build());
    }
    for (int partition = 0; partition < PARTITIONS; partition++) {
      Progress progress =
          Progress.newBuilder()
              .setTopic(Topics.OBSERVATIONS)
              .setPartition(partition)
              .setPartitions(PARTITIONS)
              .setThroughMillis(START + (minute + 1) * 60_000L)
              .build();
      send(partition, SliBlock.newBuilder().addProgress(progress).build());
    }
    producer.flush();
  }

  private static SliBucket bucket(
      int minute, String version, String goPackage, long calls, long episodes) {
    SliBucket.Builder bucket =
        SliBucket.newBuilder()
            .setService(SERVICE)
            .setVersion(version)
            .setArm(version)
            .setPackage(goPackage)
            .setStartEpochMillis(START + minute * 60_000L)
            .setWidthSeconds(60)
            .setCalls(calls)
            .setPanicEpisodes(episodes);
    for (String process : List.of("1", "2")) {
      bucket.addProcess(
          ProcessShare.newBuilder().setProcess(version + process).setFirstSeenEpochMillis(START));
    }
    return bucket.build();
  }

  private void send(int partition, SliBlock block) {
    producer.send(new ProducerRecord<>(Topics.SLIS, partition, null, block.toByteArray()));
  }
}

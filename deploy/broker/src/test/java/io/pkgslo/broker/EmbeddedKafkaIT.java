// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.pkgslo.testing.NothingReceived;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NothingReceived("the broker alone: no part of pkgslo reads from it")
class EmbeddedKafkaIT {
  @TempDir Path dir;

  @Test
  void transaction_committedIsReadAndAbortedIsNot() {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(dir)) {
      kafka.createTopic("t", 3);
      TestClients.writeCommitted(kafka.bootstrapServers(), "t", List.of("a", "b", "c"));
      TestClients.writeAborted(kafka.bootstrapServers(), "t", List.of("x"));
      TestClients.writeCommitted(kafka.bootstrapServers(), "t", List.of("d"));

      assertThat(TestClients.readCommitted(kafka.bootstrapServers(), "t", 4))
          .containsExactlyInAnyOrder("a", "b", "c", "d");
    }
  }

  @Test
  void restart_keepsPortDataAndLiveProducers() {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(dir)) {
      kafka.createTopic("t", 1);
      String before = kafka.bootstrapServers();
      TestClients.writeCommitted(before, "t", List.of("a"));

      kafka.restart();

      assertThat(kafka.bootstrapServers()).isEqualTo(before);
      TestClients.writeCommitted(before, "t", List.of("b"));
      assertThat(TestClients.readCommitted(before, "t", 2)).containsExactly("a", "b");
    }
  }

  @Test
  void start_onUsedDirectory_findsPortAndDataAgain() {
    int port;
    try (EmbeddedKafka kafka = EmbeddedKafka.start(dir)) {
      port = kafka.port();
      kafka.createTopic("t", 1);
      TestClients.writeCommitted(kafka.bootstrapServers(), "t", List.of("a"));
    }
    try (EmbeddedKafka kafka = EmbeddedKafka.start(dir)) {
      assertThat(kafka.port()).isEqualTo(port);
      assertThat(TestClients.readCommitted(kafka.bootstrapServers(), "t", 1)).containsExactly("a");
    }
  }

  /** Kafka halts a JVM whose last log directory has failed; with it all results of tests. */
  @Test
  void fatalFault_leavesTheJvmAndSaysSo() throws IOException {
    PrintStream before = System.err;
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
    try (EmbeddedKafka kafka = EmbeddedKafka.start(dir)) {
      Path log = dir.resolve("log");
      Files.move(log, dir.resolve("gone"));
      Files.createFile(log);
      await("the broker's end")
          .atMost(Duration.ofSeconds(60))
          .until(
              () ->
                  errors
                      .toString(StandardCharsets.UTF_8)
                      .contains("Kafka's server gave up, with status 1"));
      Files.delete(log);
      Files.move(dir.resolve("gone"), log);
    } finally {
      System.setErr(before);
    }
  }

  @Test
  void start_onDirectoryInUse_saysWhoHoldsIt() {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(dir)) {
      assertThat(kafka.isRunning()).isTrue();
      assertThatThrownBy(() -> EmbeddedKafka.start(dir))
          .isInstanceOf(BrokerException.class)
          .hasMessageContaining("is in use by process " + ProcessHandle.current().pid());
    }
  }

  @Test
  void start_onTakenPort_saysSo() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      assertThatThrownBy(() -> EmbeddedKafka.start(dir, taken.getLocalPort()))
          .isInstanceOf(BrokerException.class)
          .hasMessageContaining(Integer.toString(taken.getLocalPort()));
    }
  }

  @Test
  void createTopic_existing_isKeptUnlessPartitionsDiffer() {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(dir)) {
      kafka.createTopic("t", 2);
      kafka.createTopic("t", 2);
      assertThatThrownBy(() -> kafka.createTopic("t", 3))
          .isInstanceOf(BrokerException.class)
          .hasMessageContaining("exists with 2 partitions, not 3");
    }
  }

  /** A recording of last year is produced with its own timestamps. */
  @Test
  void record_ofAnyAge_isAccepted() {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(dir)) {
      kafka.createTopic("t", 1);
      TestClients.writeAt(kafka.bootstrapServers(), "t", 1_000L, "ancient");
      TestClients.writeAt(kafka.bootstrapServers(), "t", 4_102_444_800_000L, "future");
      assertThat(TestClients.readCommitted(kafka.bootstrapServers(), "t", 2))
          .containsExactly("ancient", "future");
    }
  }
}

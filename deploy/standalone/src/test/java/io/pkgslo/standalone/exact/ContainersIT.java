// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pkgslo.platform.KafkaSettings;
import io.pkgslo.standalone.demo.ApiClient;
import io.pkgslo.standalone.recording.RecordingMetadata;
import io.pkgslo.standalone.recording.RecordingReader;
import io.pkgslo.standalone.recording.ReplayState;
import io.pkgslo.standalone.recording.Replayer;
import io.pkgslo.standalone.recording.TimeShift;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.kafka.KafkaContainer;

/**
 * The three services as the images that users deploy, on Apache's Kafka image. Skipped where no
 * Docker engine is; with -Dpkgslo.docker=required that is a failure.
 */
@Tag("docker")
@Testcontainers(disabledWithoutDocker = true)
class ContainersIT {
  private static final int PARTITIONS = 4;
  private static final int PORT = 8080;
  private static final String KAFKA = "kafka:19092";
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final Duration START = Duration.ofMinutes(2);
  private static final long SETTLED_MILLIS = 15_000;
  private static final long COMMITTED_MILLIS = 3_000;

  private final HttpClient http = HttpClient.newHttpClient();

  @TempDir Path directory;

  @Test
  void faultyRollout_inContainers_isCountedExactlyAndRolledBack() throws Exception {
    Totals expected = OfflineCounter.count(Recordings.FAULTY, Shape.PROTO);
    try (Network network = Network.newNetwork();
        KafkaContainer kafka = new KafkaContainer(ServiceImages.kafka());
        GenericContainer<?> ingest = service("ingest", network);
        GenericContainer<?> analyzer = service("analyzer", network);
        GenericContainer<?> alerts = service("alerts", network)) {
      kafka.withNetwork(network).withListener(KAFKA).start();
      long endMillis = replay(kafka.getBootstrapServers());
      alerts.start();
      analyzer.start();
      ingest.start();

      awaitComplete(analyzer, endMillis + SETTLED_MILLIS);
      awaitComplete(analyzer, scrape(analyzer).furthestMillis() + COMMITTED_MILLIS);
      assertThat(scrape(analyzer).totals().differencesFrom(expected)).isEmpty();
      awaitRollback(alerts);
      Accounts.awaitBalance("ingest", () -> scrape(ingest));
      Accounts.awaitBalance("analyzer", () -> scrape(analyzer));
      Accounts.awaitBalance("alerts", () -> scrape(alerts));

      // SIGKILL, and a new container without any state of the old one.
      analyzer.getDockerClient().killContainerCmd(analyzer.getContainerId()).exec();
      analyzer.stop();
      analyzer.start();
      long restartedMillis = Clock.systemUTC().millis();
      awaitComplete(analyzer, restartedMillis);
      assertThat(scrape(analyzer).totals().differencesFrom(expected)).isEmpty();
      Accounts.awaitBalance("analyzer", () -> scrape(analyzer));
    }
  }

  private static GenericContainer<?> service(String name, Network network)
      throws IOException, InterruptedException {
    return new GenericContainer<>(ServiceImages.build(name))
        .withNetwork(network)
        .withEnv("PKGSLO_KAFKA_BOOTSTRAP_SERVERS", KAFKA)
        .withEnv("PKGSLO_PARTITIONS", Integer.toString(PARTITIONS))
        .withExposedPorts(PORT)
        .waitingFor(Wait.forHttp("/q/health/live").forPort(PORT).withStartupTimeout(START));
  }

  /** Returns where the recording ends now. */
  private long replay(String bootstrapServers) throws IOException {
    RecordingMetadata metadata = Recordings.metadata(Recordings.FAULTY);
    TimeShift shift = new ReplayState(directory).shiftFor(metadata, Clock.systemUTC());
    try (RecordingReader reader = RecordingReader.open(Recordings.FAULTY)) {
      new Replayer(KafkaSettings.of(bootstrapServers)).replay(reader, shift, (sent, total) -> {});
    }
    return metadata.endMillis() + shift.millis();
  }

  private void awaitComplete(GenericContainer<?> analyzer, long throughMillis) {
    await("everything up to " + throughMillis)
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> scrape(analyzer).isCompleteThrough(throughMillis, PARTITIONS));
  }

  private static void awaitRollback(GenericContainer<?> alerts) {
    ApiClient api = new ApiClient(base(alerts));
    await("a rollback that blames the package")
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(IOException.class)
        .untilAsserted(
            () ->
                assertThat(api.ask().report().verdicts())
                    .anySatisfy(
                        verdict -> {
                          assertThat(verdict.verdict()).isEqualTo("rollback");
                          assertThat(verdict.packageName()).endsWith("/internal/checkout/pricing");
                        }));
  }

  private Exposition scrape(GenericContainer<?> analyzer) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(base(analyzer).resolve("metrics"))
            .timeout(Duration.ofSeconds(10))
            .build();
    return Exposition.parse(http.send(request, BodyHandlers.ofString()).body());
  }

  private static URI base(GenericContainer<?> container) {
    return URI.create("http://" + container.getHost() + ":" + container.getMappedPort(PORT) + "/");
  }
}

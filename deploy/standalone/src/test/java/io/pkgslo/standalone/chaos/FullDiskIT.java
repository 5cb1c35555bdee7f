// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pkgslo.broker.BrokerProcess;
import io.pkgslo.standalone.exact.Accounts;
import io.pkgslo.standalone.exact.Exposition;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Services whose disk takes no more, while they work: by the system's own limit on the length of
 * files, which needs no rights, and by a small file system that is really full.
 */
@EnabledOnOs(OS.LINUX)
@EnabledIfSystemProperty(
    named = ChaosSettings.MINUTES,
    matches = ".+",
    disabledReason = "takes six minutes: a part of the long run, see CONTRIBUTING.md")
class FullDiskIT {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** Less than what is in memory when the state is written for the first time. */
  private static final long LARGEST_FILE_BYTES = 32 << 10;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path directory;

  private final Clock clock = Clock.systemUTC();

  /** What happens to the disk of an analyzer. */
  private interface Event {
    void on(ServiceProcess analyzer) throws Exception;
  }

  /** What makes room again, before it is started once more. */
  private interface Remedy {
    void apply() throws Exception;
  }

  @Test
  void limitOfFiles_stopsTheAnalyzerWithACause_andWithRoomItCountsOnExactly() throws Exception {
    assertCountsOn(analyzer -> analyzer.limitFiles(LARGEST_FILE_BYTES), "File too large", () -> {});
  }

  @Test
  void fullDisk_stopsTheAnalyzerWithACause_andWithRoomItCountsOnExactly() throws Exception {
    try (SmallDisk disk = SmallDisk.at(directory.resolve("analyzer-0"))) {
      assertCountsOn(analyzer -> disk.fill(), "No space left on device", disk::free);
    }
  }

  private void assertCountsOn(Event full, String cause, Remedy room) throws Exception {
    ChaosSettings settings = new ChaosSettings(2611, Duration.ZERO, 60, 4, 0);
    Ledger ledger = new Ledger();
    try (Cluster cluster = new Cluster(directory);
        Delivery delivery = new Delivery(cluster.bootstrapServers())) {
      cluster.publish(Slo.all().stream().map(Slo::wire).toList());
      Generator generator = new Generator(settings, ledger, delivery, cluster.outages(), clock);
      generator.backlog();
      ServiceProcess analyzer = cluster.addAnalyzer();
      analyzer.start();
      cluster.addIngest().start();
      generator.wave();
      await("it counts").atMost(PATIENCE).until(() -> shows(analyzer));

      full.on(analyzer);
      awaitStopped(analyzer, generator, cause);
      // It answers, and shows nothing that it could not keep.
      assertThat(analyzer.health("ready")).contains("\"DOWN\"", "counting has stopped");
      assertThat(shows(analyzer)).isFalse();
      generator.wave();

      analyzer.stop();
      room.apply();
      analyzer.start();
      generator.wave();
      generator.finish();
      new Quiet(cluster, clock).assertEqual(ledger, settings);
    }
  }

  private static void awaitStopped(ServiceProcess analyzer, Generator generator, String cause) {
    await("it has stopped and says why")
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              generator.wave();
              assertThat(analyzer.health("live"))
                  .contains("\"DOWN\"", "counting has stopped", cause);
            });
  }

  private static boolean shows(ServiceProcess analyzer) throws InterruptedException {
    Exposition scrape = analyzer.scrape();
    return scrape != null
        && scrape.samples().stream()
            .anyMatch(s -> s.name().equals("go_package_calls_total") && s.value() > 0);
  }

  /** Its state is in memory and in Kafka: a disk is only where rules go, if anybody wants them. */
  @Test
  void fullDisk_keepsAlertsFromNothingButItsRuleFile_andThatIsTold() throws Exception {
    Path place = directory.resolve("disk");
    Path rules = place.resolve("rules");
    try (SmallDisk disk = SmallDisk.at(place);
        BrokerProcess broker = BrokerProcess.start(directory.resolve("kafka"), 0)) {
      Files.createDirectory(rules);
      disk.fill();
      try (ServiceProcess alerts =
          new ServiceProcess(
              "alerts",
              "alerts",
              directory,
              Map.of(
                  "pkgslo.kafka.bootstrap.servers",
                  broker.bootstrapServers(),
                  "java.io.tmpdir",
                  place.toString(),
                  "pkgslo.alerts.rules.directory",
                  rules.toString()))) {
        alerts.start();
        await("it is ready, and tells of the rules")
            .atMost(PATIENCE)
            .untilAsserted(
                () ->
                    assertThat(alerts.health("ready"))
                        .contains("\"rules\"", "No space left on device")
                        .doesNotContain("\"DOWN\""));
        HttpResponse<String> answer = get(alerts.base().resolve("api/v1/rollouts"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);

        disk.free();
        await("the rules are there").atMost(PATIENCE).until(() -> !isEmpty(rules));
        await("nothing is told any more")
            .atMost(PATIENCE)
            .untilAsserted(
                () ->
                    assertThat(alerts.health("ready"))
                        .contains("\"UP\"")
                        .doesNotContain("\"DOWN\"", "\"rules\""));
        Accounts.awaitBalance("alerts", alerts::scrape);
      }
    }
  }

  private static boolean isEmpty(Path rules) throws Exception {
    try (var files = Files.list(rules)) {
      return files.noneMatch(file -> file.getFileName().toString().equals("pkgslo-rules.yaml"));
    }
  }

  private static HttpResponse<String> get(URI address) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pkgslo.standalone.exact.Accounts;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM: in the middle of the work, and when the broker has been stopped before. */
class StopIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path directory;

  private final Clock clock = Clock.systemUTC();

  @Test
  void sigterm_finishesTheTransaction_andWithoutABrokerItEndsTheSame() throws Exception {
    ChaosSettings settings = new ChaosSettings(1503, Duration.ZERO, 60, 2, 0);
    Ledger ledger = new Ledger();
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try (Cluster cluster = new Cluster(directory);
        Delivery delivery = new Delivery(cluster.bootstrapServers())) {
      cluster.publish(Slo.all().stream().map(Slo::wire).toList());
      Generator generator = new Generator(settings, ledger, delivery, cluster.outages(), clock);
      generator.backlog();
      ServiceProcess analyzer = cluster.addAnalyzer();
      ServiceProcess ingest = cluster.addIngest();
      start(analyzer, ingest);
      for (int round = 0; round < 3; round++) {
        Future<?> wave =
            executor.submit(
                () -> {
                  generator.wave();
                  return null;
                });
        awaitCommits(ingest, analyzer);
        // The one that is written to and the one that reads, in both orders.
        stop(round % 2 == 0 ? List.of(ingest, analyzer) : List.of(analyzer, ingest));
        assertEverythingCommitted(cluster);
        wave.get();
        start(analyzer, ingest);
      }
      generator.wave();
      awaitCommits(ingest, analyzer);
      cluster.stopBroker();
      stop(List.of(analyzer, ingest));
      cluster.startBroker();
      start(analyzer, ingest);
      generator.wave();
      generator.finish();
      new Quiet(cluster, clock).assertEqual(ledger, settings);
    } finally {
      executor.shutdownNow();
    }
  }

  /** Connections are there, requests are taken, nobody answers: each client would wait for ever. */
  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no SIGSTOP")
  void sigterm_whileTheBrokerAnswersNothing_endsEveryServiceInTime() throws Exception {
    Ledger ledger = new Ledger();
    ChaosSettings settings = new ChaosSettings(1504, Duration.ZERO, 60, 2, 0);
    try (Cluster cluster = new Cluster(directory);
        Delivery delivery = new Delivery(cluster.bootstrapServers());
        ServiceProcess alerts =
            new ServiceProcess(
                "alerts",
                "alerts",
                directory,
                Map.of(
                    "pkgslo.kafka.bootstrap.servers",
                    cluster.bootstrapServers(),
                    "pkgslo.alerts.act.webhooks",
                    "http://127.0.0.1:1/"))) {
      cluster.publish(Slo.all().stream().map(Slo::wire).toList());
      Generator generator = new Generator(settings, ledger, delivery, cluster.outages(), clock);
      List<ServiceProcess> services = List.of(cluster.addAnalyzer(), cluster.addIngest(), alerts);
      for (ServiceProcess service : services) {
        service.start();
      }
      generator.wave();
      for (ServiceProcess service : services) {
        Accounts.awaitBalance(service.name(), service::scrape);
        await(service.name() + " is ready")
            .atMost(PATIENCE)
            .until(() -> !service.health("ready").contains("DOWN"));
      }
      cluster.freezeBroker();
      stopTogether(services);
    }
  }

  private static void stopTogether(List<ServiceProcess> services) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(services.size());
    try {
      List<Callable<Duration>> stops = new ArrayList<>();
      services.forEach(service -> stops.add(service::stop));
      for (Future<Duration> stopped : executor.invokeAll(stops)) {
        assertThat(stopped.get()).isLessThan(Quiet.STOPS_WITHIN);
      }
    } finally {
      executor.shutdownNow();
    }
  }

  private static void start(ServiceProcess... services) throws Exception {
    for (ServiceProcess service : services) {
      service.start();
    }
  }

  private static void stop(List<ServiceProcess> services) throws Exception {
    for (ServiceProcess service : services) {
      assertThat(service.stop()).as("SIGTERM of %s", service.name()).isLessThan(Quiet.STOPS_WITHIN);
    }
  }

  private static void awaitCommits(ServiceProcess... services) {
    for (ServiceProcess service : services) {
      await(service.name() + " works")
          .atMost(PATIENCE)
          .until(
              () -> {
                var scrape = service.scrape();
                return scrape != null
                    && scrape.samples().stream()
                        .anyMatch(
                            s ->
                                s.name().equals("pkgslo_records_processed_total") && s.value() > 0);
              });
    }
  }

  /** The last transaction of each process was committed: none is open, none was given up. */
  private static void assertEverythingCommitted(Cluster cluster) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
      Collection<TransactionListing> last = admin.listTransactions().all().get();
      assertThat(last).hasSizeGreaterThanOrEqualTo(2);
      assertThat(last)
          .allSatisfy(
              transaction ->
                  assertThat(transaction.state())
                      .as(transaction.transactionalId())
                      .isIn(
                          TransactionState.COMPLETE_COMMIT,
                          TransactionState.PREPARE_COMMIT,
                          TransactionState.EMPTY));
    }
  }
}

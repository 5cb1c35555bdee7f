// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.gates;

import io.pkgslo.broker.BrokerProcess;
import io.pkgslo.standalone.chaos.ServiceProcess;
import io.pkgslo.standalone.exact.Accounts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A broker and one instance of each service, each in a process of its own. */
final class Installation implements AutoCloseable {
  private static final String KAFKA = "pkgslo.kafka.bootstrap.servers";

  private final BrokerProcess broker;
  private final ServiceProcess ingest;
  private final ServiceProcess analyzer;
  private final ServiceProcess alerts;

  /** Starts the broker alone. */
  Installation(Path directory, Map<String, String> alertsSettings) throws IOException {
    broker = BrokerProcess.start(directory.resolve("kafka"), 0);
    String kafka = broker.bootstrapServers();
    ingest = new ServiceProcess("ingest", "ingest", directory, Map.of(KAFKA, kafka));
    analyzer =
        new ServiceProcess(
            "analyzer",
            "analyzer",
            directory,
            Map.of(KAFKA, kafka, "pkgslo.analyzer.state-directory", directory + "/analyzer-state"));
    Map<String, String> settings = new HashMap<>(alertsSettings);
    settings.put(KAFKA, kafka);
    alerts = new ServiceProcess("alerts", "alerts", directory, settings);
  }

  String kafka() {
    return broker.bootstrapServers();
  }

  void startServices() throws IOException {
    for (ServiceProcess service : services()) {
      service.start();
    }
  }

  private List<ServiceProcess> services() {
    return List.of(alerts, analyzer, ingest);
  }

  /** Where alerts answers. */
  URI address() {
    return alerts.base();
  }

  /** What the services read is accounted for. */
  void awaitBalance() {
    for (ServiceProcess service : services()) {
      Accounts.awaitBalance(service.name(), service::scrape);
    }
  }

  /** SIGKILL. */
  void killAnalyzer() throws InterruptedException {
    analyzer.kill();
  }

  /** Fails when a service ended by itself. */
  void assertAlive() throws IOException {
    for (ServiceProcess service : services()) {
      if (!service.isAlive()) {
        throw new IllegalStateException(service.name() + " ended:\n" + service.tail());
      }
    }
  }

  @Override
  public void close() throws InterruptedException {
    for (ServiceProcess service : services()) {
      service.close();
    }
    broker.close();
  }
}

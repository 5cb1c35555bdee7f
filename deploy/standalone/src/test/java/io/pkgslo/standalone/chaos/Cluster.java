// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.chaos;

import io.pkgslo.broker.BrokerProcess;
import io.pkgslo.model.Topics;
import io.pkgslo.model.wire.Objective;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A broker in a process of its own, and any number of instances of ingest and the analyzer. */
final class Cluster implements AutoCloseable {
  private static final long KILLED_WITHIN_SECONDS = 20;

  private final Path directory;
  private final int standbys;
  private final ReadWriteLock outages = new ReentrantReadWriteLock(true);
  private final List<ServiceProcess> ingests = new CopyOnWriteArrayList<>();
  private final List<ServiceProcess> analyzers = new CopyOnWriteArrayList<>();
  private final String bootstrapServers;
  private BrokerProcess broker;

  Cluster(Path directory) throws Exception {
    this(directory, 0);
  }

  /**
   * @param standbys copies of an analyzer's state at others
   */
  Cluster(Path directory, int standbys) throws Exception {
    this.directory = directory;
    this.standbys = standbys;
    broker = startBroker(0);
    bootstrapServers = broker.bootstrapServers();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      List<NewTopic> topics = new ArrayList<>();
      Topics.otlp().forEach(t -> topics.add(new NewTopic(t, Delivery.PARTITIONS, (short) 1)));
      topics.add(
          new NewTopic(Topics.OBJECTIVES, Optional.of(1), Optional.empty())
              .configs(Map.of("cleanup.policy", "compact")));
      admin.createTopics(topics).all().get();
    }
  }

  private BrokerProcess startBroker(int port) {
    return BrokerProcess.builder(directory.resolve("kafka")).port(port).start();
  }

  String bootstrapServers() {
    return bootstrapServers;
  }

  /** Who delivers holds the read lock; the broker goes down only under the write lock. */
  ReadWriteLock outages() {
    return outages;
  }

  /** Puts objectives where the analyzers look for them. */
  void publish(List<Objective> objectives) throws InterruptedException {
    try (Delivery delivery = new Delivery(bootstrapServers)) {
      List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
      for (Objective objective : objectives) {
        byte[] key = objective.getId().getBytes(StandardCharsets.UTF_8);
        records.add(new ProducerRecord<>(Topics.OBJECTIVES, 0, key, objective.toByteArray()));
      }
      delivery.send(records);
    }
  }

  ServiceProcess addIngest() throws IOException {
    String name = "ingest-" + ingests.size();
    ServiceProcess ingest =
        new ServiceProcess(
            "ingest",
            name,
            directory,
            Map.of(
                "pkgslo.kafka.bootstrap.servers",
                bootstrapServers,
                "pkgslo.ingest.record.transactional-id",
                name));
    ingests.add(ingest);
    return ingest;
  }

  ServiceProcess addAnalyzer() throws IOException {
    String name = "analyzer-" + analyzers.size();
    ServiceProcess analyzer =
        new ServiceProcess(
            "analyzer",
            name,
            directory,
            Map.of(
                "pkgslo.kafka.bootstrap.servers",
                bootstrapServers,
                "pkgslo.analyzer.standbys",
                Integer.toString(standbys),
                "pkgslo.analyzer.state-directory",
                directory.resolve(name).toString()));
    analyzers.add(analyzer);
    return analyzer;
  }

  /** Leaves lines beside the logs, for whoever looks into a run that failed. */
  void keep(String file, List<String> lines) throws IOException {
    Files.write(directory.resolve(file), lines);
  }

  /** A process that ended by itself will not count any more. */
  void assertAlive() throws IOException {
    for (List<ServiceProcess> services : List.of(ingests, analyzers)) {
      for (ServiceProcess service : services) {
        if (!service.isAlive()) {
          throw new IllegalStateException(service.name() + " ended:\n" + service.tail());
        }
      }
    }
  }

  List<ServiceProcess> ingests() {
    return ingests;
  }

  List<ServiceProcess> analyzers() {
    return analyzers;
  }

  /**
   * Stops the broker and starts it again on its directory and port.
   *
   * @param kill by SIGKILL instead of an orderly stop
   */
  void restartBroker(boolean kill)
      throws InterruptedException, ExecutionException, java.util.concurrent.TimeoutException {
    outages.writeLock().lock();
    try {
      if (kill) {
        ProcessHandle.of(broker.pid()).ifPresent(ProcessHandle::destroyForcibly);
        broker.onExit().get(KILLED_WITHIN_SECONDS, TimeUnit.SECONDS);
      }
      stopBroker();
      startBroker();
    } finally {
      outages.writeLock().unlock();
    }
  }

  void stopBroker() {
    broker.close();
  }

  /** On its directory and port. */
  void startBroker() {
    broker =
        startBroker(
            Integer.parseInt(bootstrapServers.substring(bootstrapServers.indexOf(':') + 1)));
  }

  /** SIGSTOP: connections are there and requests are taken, and nobody answers. */
  void freezeBroker() throws IOException, InterruptedException {
    ServiceProcess.signal("-STOP", broker.pid());
  }

  /** SIGCONT. */
  void thawBroker() throws IOException, InterruptedException {
    ServiceProcess.signal("-CONT", broker.pid());
  }

  /** Nobody delivers anything meanwhile. */
  void freezeBroker(Duration duration) throws IOException, InterruptedException {
    outages.writeLock().lock();
    try {
      freezeBroker();
      Thread.sleep(duration.toMillis());
      thawBroker();
    } finally {
      outages.writeLock().unlock();
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    for (ServiceProcess service : ingests) {
      service.close();
    }
    for (ServiceProcess service : analyzers) {
      service.close();
    }
    thawBroker();
    broker.close();
  }
}

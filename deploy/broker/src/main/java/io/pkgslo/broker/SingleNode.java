// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.broker;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import kafka.server.StandardFaultHandlerFactory;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.raft.QuorumConfig;
import org.apache.kafka.server.ServerSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * Kafka's controller and broker, wired as {@link KafkaRaftServer} wires them, but started with a
 * wait between them.
 *
 * <p>After a kill the metadata says that the broker's former self still leads its partitions, and
 * the controller fences it only when its session has expired. A broker that starts meanwhile
 * believes that it is the transaction coordinator, finds the partitions without a leader once the
 * fencing comes, takes them for deleted, skips the markers of a commit that was under way and
 * writes down that it is complete: readers of committed data then wait at that place for ever.
 * Hence the broker starts only when no broker counts as alive.
 */
final class SingleNode {
  private static final long FENCED_WITHIN_SECONDS = 60;
  private static final Logger LOG = LoggerFactory.getLogger(SingleNode.class);

  private final SharedServer shared;
  private final ControllerServer controller;
  private final BrokerServer broker;

  SingleNode(KafkaConfig config) {
    Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> directory =
        KafkaRaftServer.initializeLogDirs(config, LOG, "");
    QuorumConfig quorum = config.quorumConfig();
    shared =
        new SharedServer(
            config,
            directory._1(),
            Time.SYSTEM,
            Server.initializeMetrics(
                config, Time.SYSTEM, directory._1().clusterId().orElse("unknown")),
            CompletableFuture.completedFuture(QuorumConfig.parseVoterConnections(quorum.voters())),
            QuorumConfig.parseBootstrapServers(quorum.bootstrapServers()),
            new StandardFaultHandlerFactory(),
            ServerSocketFactory.INSTANCE);
    broker = new BrokerServer(shared);
    controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), directory._2());
  }

  /** Returns when the broker takes requests. */
  void startup() throws InterruptedException {
    controller.startup();
    awaitFormerSelfFenced();
    broker.startup();
  }

  /** Also after a start that failed half-way. */
  void shutdown() {
    broker.shutdown();
    controller.shutdown();
  }

  void awaitShutdown() {
    broker.awaitShutdown();
    controller.awaitShutdown();
  }

  private void awaitFormerSelfFenced() throws InterruptedException {
    FencedBrokers watch = new FencedBrokers();
    try {
      shared.loader().installPublishers(List.of(watch)).get();
      watch.allFenced().get(FENCED_WITHIN_SECONDS, TimeUnit.SECONDS);
      shared.loader().removeAndClosePublisher(watch).get();
    } catch (ExecutionException | TimeoutException e) {
      throw new BrokerException(
          "the session of the broker's last run did not expire in " + FENCED_WITHIN_SECONDS + " s",
          e);
    }
  }
}

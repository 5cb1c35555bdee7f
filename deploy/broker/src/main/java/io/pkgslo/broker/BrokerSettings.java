// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.broker;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** Kafka's settings for one node that is broker and controller, and small. */
final class BrokerSettings {
  static final String HOST = "127.0.0.1";
  static final int NODE_ID = 1;
  static final String CONTROLLER_LISTENER = "CONTROLLER";

  private static final String CLIENT_LISTENER = "CLIENT";
  private static final String INTERNAL_LISTENER = "INTERNAL";
  private static final String MEBIBYTE = "1048576";

  private BrokerSettings() {}

  /** The three ports of one start. */
  record Ports(int client, int internal, int controller) {}

  /**
   * @param protocol security protocol of the clients' listener, e.g. {@code PLAINTEXT} or {@code
   *     SASL_SSL}; the broker's own connections use a plain loopback listener beside it, so that it
   *     needs no credentials for itself
   * @param extra wins over everything here
   */
  static Properties properties(
      Path logDirectory, Ports ports, String protocol, Map<String, String> extra) {
    Properties properties = new Properties();
    properties.setProperty("process.roles", "broker,controller");
    properties.setProperty("node.id", Integer.toString(NODE_ID));
    properties.setProperty(
        "controller.quorum.voters", NODE_ID + "@" + HOST + ":" + ports.controller());
    properties.setProperty("controller.listener.names", CONTROLLER_LISTENER);
    properties.setProperty("inter.broker.listener.name", INTERNAL_LISTENER);
    properties.setProperty(
        "listener.security.protocol.map",
        "CLIENT:" + protocol + ",INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT");
    String advertised =
        listener(CLIENT_LISTENER, ports.client())
            + ","
            + listener(INTERNAL_LISTENER, ports.internal());
    properties.setProperty(
        "listeners", advertised + "," + listener(CONTROLLER_LISTENER, ports.controller()));
    properties.setProperty("advertised.listeners", advertised);
    properties.setProperty("log.dirs", logDirectory.toString());
    addSingleNode(properties);
    addFootprint(properties);
    addTime(properties);
    properties.putAll(extra);
    return properties;
  }

  private static String listener(String name, int port) {
    return name + "://" + HOST + ":" + port;
  }

  /** There is no second node to replicate to or to wait for. */
  private static void addSingleNode(Properties properties) {
    properties.setProperty("offsets.topic.num.partitions", "1");
    properties.setProperty("offsets.topic.replication.factor", "1");
    properties.setProperty("transaction.state.log.num.partitions", "1");
    properties.setProperty("transaction.state.log.replication.factor", "1");
    properties.setProperty("transaction.state.log.min.isr", "1");
    properties.setProperty("share.coordinator.state.topic.num.partitions", "1");
    properties.setProperty("share.coordinator.state.topic.replication.factor", "1");
    properties.setProperty("share.coordinator.state.topic.min.isr", "1");
    properties.setProperty("default.replication.factor", "1");
    properties.setProperty("min.insync.replicas", "1");
    properties.setProperty("group.initial.rebalance.delay.ms", "0");
    // After a kill -9 the controller, which is the same process, turns the broker away until the
    // session of its former self has expired.
    properties.setProperty("broker.heartbeat.interval.ms", "500");
    properties.setProperty("broker.session.timeout.ms", "3000");
    // A mistyped topic name is an error, not a new topic.
    properties.setProperty("auto.create.topics.enable", "false");
  }

  private static void addFootprint(Properties properties) {
    properties.setProperty("num.network.threads", "2");
    properties.setProperty("num.io.threads", "4");
    properties.setProperty("background.threads", "2");
    properties.setProperty("num.recovery.threads.per.data.dir", "1");
    properties.setProperty("queued.max.requests", "64");
    // The default cleaner buffer alone is 128 MiB of heap.
    properties.setProperty("log.cleaner.dedupe.buffer.size", "2097152");
    properties.setProperty("log.segment.bytes", "67108864");
    properties.setProperty("log.index.size.max.bytes", MEBIBYTE);
    properties.setProperty("offsets.topic.segment.bytes", "8388608");
    properties.setProperty("transaction.state.log.segment.bytes", "8388608");
  }

  private static void addTime(Properties properties) {
    // Telemetry carries its own time, and a recording may be of any age: the broker's clock neither
    // rejects a record nor deletes it.
    properties.setProperty("log.message.timestamp.before.max.ms", Long.toString(Long.MAX_VALUE));
    properties.setProperty("log.message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE));
    properties.setProperty("log.retention.ms", "-1");
    // The transactions of a killed client are aborted within a second of their timeout.
    properties.setProperty("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.broker;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.Timer;

/** Creates a topic and waits until the broker, not only the controller, knows it. */
final class TopicCreation {
  private static final long VISIBLE_WITHIN_MILLIS = 15_000;
  private static final long RETRY_MILLIS = 10;

  private TopicCreation() {}

  static void create(String bootstrap, String name, int partitions, Map<String, String> configs) {
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap))) {
      NewTopic topic = new NewTopic(name, partitions, (short) 1).configs(configs);
      try {
        admin.createTopics(List.of(topic)).all().get();
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw new BrokerException("topic " + name + " was refused: " + e.getCause(), e);
        }
      }
      awaitVisible(admin, name, partitions);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BrokerException("interrupted while creating topic " + name, e);
    }
  }

  private static void awaitVisible(Admin admin, String name, int partitions)
      throws InterruptedException {
    Timer timer = Time.SYSTEM.timer(VISIBLE_WITHIN_MILLIS);
    while (!isVisible(admin, name, partitions)) {
      if (timer.isExpired()) {
        throw new BrokerException("topic " + name + " was created but has no leader yet");
      }
      timer.sleep(RETRY_MILLIS);
    }
  }

  private static boolean isVisible(Admin admin, String name, int partitions)
      throws InterruptedException {
    try {
      TopicDescription found = admin.describeTopics(List.of(name)).allTopicNames().get().get(name);
      if (found == null) {
        return false;
      }
      if (found.partitions().size() != partitions) {
        throw new BrokerException(
            "topic "
                + name
                + " exists with "
                + found.partitions().size()
                + " partitions, not "
                + partitions);
      }
      return found.partitions().stream().allMatch(p -> p.leader() != null && p.leader().id() >= 0);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return false;
      }
      throw new BrokerException("topic " + name + " cannot be described: " + e.getCause(), e);
    }
  }
}

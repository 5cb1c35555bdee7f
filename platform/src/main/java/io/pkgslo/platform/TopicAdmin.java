// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.platform;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jboss.logging.Logger;

/**
 * Creates missing topics and refuses those whose partitions do not fit, before anything is read.
 */
public final class TopicAdmin {
  private static final Logger LOG = Logger.getLogger(TopicAdmin.class);

  private static final Duration RETRY_AFTER = Duration.ofMillis(50);

  private final KafkaSettings kafka;
  private final Duration timeout;

  /**
   * @param timeout how long one call waits for the brokers
   */
  public TopicAdmin(KafkaSettings kafka, Duration timeout) {
    this.kafka = kafka;
    this.timeout = timeout;
  }

  /**
   * Makes every topic of {@code plan} exist.
   *
   * @throws TopicMismatchException when a topic has another number of partitions than planned; the
   *     message names it
   * @throws IllegalStateException when the brokers do not answer in time or refuse; the message
   *     names them, and another try may succeed
   */
  public void ensure(List<TopicSpec> plan) {
    try (Admin admin = Admin.create(adminSettings())) {
      Set<String> existing = await(admin.listTopics().names());
      for (TopicSpec spec : plan) {
        if (!existing.contains(spec.name())) {
          create(admin, spec);
        }
      }
      check(admin, plan);
    }
  }

  private Properties adminSettings() {
    int millis = Math.toIntExact(timeout.toMillis());
    return kafka.with(
        Map.of(
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            millis,
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
            millis));
  }

  private void create(Admin admin, TopicSpec spec) {
    NewTopic topic =
        new NewTopic(spec.name(), Optional.of(Math.max(1, spec.partitions())), Optional.empty())
            .configs(spec.settings());
    try {
      await(admin.createTopics(List.of(topic)).all());
      LOG.infof("created topic %s with %d partitions", spec.name(), topic.numPartitions());
    } catch (IllegalStateException e) {
      // Another instance may have been faster; what it made is checked like any other.
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
  }

  private void check(Admin admin, List<TopicSpec> plan) {
    List<String> names = plan.stream().map(TopicSpec::name).collect(Collectors.toList());
    Map<String, TopicDescription> found = describe(admin, names);
    List<String> wrong = new ArrayList<>();
    for (TopicSpec spec : plan) {
      TopicDescription description = found.get(spec.name());
      int partitions = description == null ? 0 : description.partitions().size();
      if (spec.fixed() && partitions != spec.partitions()) {
        wrong.add(spec.name() + " has " + partitions + ", expected " + spec.partitions());
      }
    }
    if (!wrong.isEmpty()) {
      throw new TopicMismatchException(
          "partitions do not fit pkgslo.partitions: "
              + String.join("; ", wrong)
              + " (the number is fixed when the topics are created)");
    }
  }

  /** A topic that was just created is not known to every broker at once. */
  private Map<String, TopicDescription> describe(Admin admin, List<String> names) {
    for (long attempts = timeout.dividedBy(RETRY_AFTER); ; attempts--) {
      try {
        return await(admin.describeTopics(names).allTopicNames());
      } catch (IllegalStateException e) {
        boolean unknown = e.getCause() instanceof UnknownTopicOrPartitionException;
        if (!unknown || attempts <= 0) {
          throw e;
        }
        LockSupport.parkNanos(RETRY_AFTER.toNanos());
      }
    }
  }

  private <T> T await(KafkaFuture<T> future) {
    try {
      return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "Kafka at " + kafka.bootstrapServers() + ": " + e.getMessage(), e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "Kafka at " + kafka.bootstrapServers() + " did not answer within " + timeout, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for Kafka", e);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.platform;

import java.time.Duration;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Notices that brokers do not answer. Kafka's consumers wait for them in silence, which looks like
 * a topic on which nothing happens; so after some polls that brought nothing the brokers are asked
 * for something, and while they do not answer after every poll. Of one consumer, on its thread.
 */
public final class SilenceProbe {
  private static final Logger LOG = Logger.getLogger(SilenceProbe.class);

  /** After so many polls that brought nothing the brokers are asked. */
  private static final int SILENT_POLLS = 10;

  private static final Duration ANSWER = Duration.ofSeconds(5);

  private final Consumer<?, ?> consumer;
  private int silentPolls;
  private @Nullable String failure;

  /**
   * @param consumer with partitions of its own, which are asked for
   */
  public SilenceProbe(Consumer<?, ?> consumer) {
    this.consumer = consumer;
  }

  /**
   * Takes note of a poll, and may wait for an answer.
   *
   * @param hasRecords whether it brought something
   * @return why there is no answer; null while there is one
   * @throws org.apache.kafka.common.KafkaException when asking again would not help
   */
  public @Nullable String polled(boolean hasRecords) {
    silentPolls = hasRecords ? 0 : silentPolls + 1;
    if (hasRecords || silentPolls >= SILENT_POLLS) {
      tell(hasRecords ? null : ask());
    }
    return failure;
  }

  private @Nullable String ask() {
    try {
      // Of use is only that it is answered.
      var unused = consumer.endOffsets(consumer.assignment(), ANSWER);
      silentPolls = 0;
      return null;
    } catch (RetriableException e) {
      return String.format(
          "reading %s failed: %s: %s", topics(), e.getClass().getSimpleName(), e.getMessage());
    }
  }

  private void tell(@Nullable String now) {
    if (now != null && failure == null) {
      LOG.warnf("%s; trying again", now);
    } else if (now == null && failure != null) {
      LOG.infof("reading %s goes on", topics());
    }
    failure = now;
  }

  private String topics() {
    return consumer.assignment().stream()
        .map(TopicPartition::topic)
        .collect(Collectors.toCollection(TreeSet::new))
        .stream()
        .collect(Collectors.joining(", "));
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.record;

import io.pkgslo.platform.KafkaSettings;
import io.pkgslo.platform.TopicAdmin;
import io.pkgslo.platform.TopicPlan;
import java.time.Duration;
import org.apache.kafka.common.KafkaException;

/** Makes the topics exist before anything is read. Thread-safe. */
final class TopicPreparation {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final TopicAdmin admin;
  private final int partitions;
  private boolean done;

  TopicPreparation(KafkaSettings kafka, int partitions) {
    this.admin = new TopicAdmin(kafka, TIMEOUT);
    this.partitions = partitions;
  }

  /**
   * Creates and checks the topics, once.
   *
   * @throws KafkaException when that was not possible; it may be tried again
   */
  synchronized void ensure() {
    if (done) {
      return;
    }
    try {
      admin.ensure(TopicPlan.of(partitions));
    } catch (IllegalStateException e) {
      throw new KafkaException(e.getMessage(), e);
    }
    done = true;
  }
}

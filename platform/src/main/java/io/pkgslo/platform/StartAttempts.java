// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.platform;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/**
 * What a service needs of Kafka before it begins, tried again until Kafka answers: nothing can be
 * done before, and nothing is lost. Thread-safe.
 */
public final class StartAttempts implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(StartAttempts.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * Tries until it succeeds.
   *
   * @param attempt may be done several times
   * @param told hears why it is not done yet
   * @throws TopicMismatchException when no further try will help
   * @throws InterruptedException when the service is closed meanwhile
   */
  public void run(Runnable attempt, Consumer<String> told) throws InterruptedException {
    while (true) {
      try {
        attempt.run();
        return;
      } catch (TopicMismatchException e) {
        throw e;
      } catch (IllegalStateException | KafkaException e) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        told.accept("the topics are not prepared: " + e.getMessage());
        LOG.warnf("topics are not prepared, trying again: %s", e.getMessage());
        if (closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new InterruptedException();
        }
      }
    }
  }

  /** Ends a pause at once. */
  @Override
  public void close() {
    closed.countDown();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.platform;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.jboss.logging.Logger;

/**
 * How a service ends within 10 s, also while brokers take requests and answer none: every client of
 * Kafka waits for some answer then, and would do so for half a minute.
 */
public final class Closing {
  private static final Logger LOG = Logger.getLogger(Closing.class);

  /** An answer that is not there by now does not come. */
  private static final Duration FAREWELL = Duration.ofSeconds(2);

  private Closing() {}

  /** Closes a consumer, in two seconds at most. */
  public static void soon(Consumer<?, ?> consumer) {
    consumer.close(CloseOptions.timeout(FAREWELL));
  }

  /** Runs all of it side by side, and returns when the slowest has ended. */
  public static void together(Runnable... parts) {
    List<Thread> threads = new ArrayList<>();
    for (Runnable part : parts) {
      Thread thread = new Thread(() -> run(part), "pkgslo-closing");
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void run(Runnable part) {
    try {
      part.run();
    } catch (RuntimeException e) {
      LOG.warn("a part did not end in order", e);
    }
  }
}

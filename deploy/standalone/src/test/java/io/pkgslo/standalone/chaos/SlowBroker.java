// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.chaos;

import java.io.IOException;

/** Lets the broker work for a fifth of the time only, as on a disk that is far too slow. */
final class SlowBroker implements AutoCloseable {
  private static final long STANDS_MILLIS = 400;
  private static final long WORKS_MILLIS = 100;

  private final Cluster cluster;
  private final Thread thread = new Thread(this::run, "slow-broker");
  private volatile int pauses;
  private volatile boolean ended;

  SlowBroker(Cluster cluster) {
    this.cluster = cluster;
    thread.start();
  }

  private void run() {
    try {
      while (!ended) {
        cluster.freezeBroker();
        Thread.sleep(STANDS_MILLIS);
        cluster.thawBroker();
        Thread.sleep(WORKS_MILLIS);
        pauses++;
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  int pauses() {
    return pauses;
  }

  /** The broker works again. */
  @Override
  public void close() throws InterruptedException {
    ended = true;
    thread.join();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.jboss.logging.Logger;

/**
 * A stream thread that fails is replaced, but not for ever: after several failures within ten
 * minutes the instance stops and says why. Thread-safe.
 */
final class ThreadFailures implements StreamsUncaughtExceptionHandler {
  private static final Logger LOG = Logger.getLogger(ThreadFailures.class);
  private static final int MAX_FAILURES = 10;
  private static final long WITHIN_MILLIS = 600_000;

  private final Clock clock;
  private final Deque<Long> failedMillis = new ArrayDeque<>();
  private String lastCause = "unknown cause";

  ThreadFailures(Clock clock) {
    this.clock = clock;
  }

  @Override
  public synchronized StreamThreadExceptionResponse handle(Throwable failure) {
    LOG.error("a thread of the analyzer failed", failure);
    lastCause = root(failure).toString();
    long now = clock.millis();
    failedMillis.add(now);
    while (failedMillis.element() < now - WITHIN_MILLIS) {
      failedMillis.remove();
    }
    return failure instanceof Error || failedMillis.size() > MAX_FAILURES
        ? StreamThreadExceptionResponse.SHUTDOWN_CLIENT
        : StreamThreadExceptionResponse.REPLACE_THREAD;
  }

  /** What the last failure came from. */
  synchronized String lastCause() {
    return lastCause;
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    for (Throwable cause = root.getCause(); cause != null && cause != root; ) {
      root = cause;
      cause = root.getCause();
    }
    return root;
  }
}

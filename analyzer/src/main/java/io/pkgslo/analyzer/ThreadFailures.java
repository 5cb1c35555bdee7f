// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A stream thread that fails is replaced, but not for ever: after several failures within ten
 * minutes the instance stops and says why. Of a state directory that takes no more fewer are
 * enough, since each costs reading all state back, which may take longer than it works afterwards.
 * Thread-safe.
 */
final class ThreadFailures implements StreamsUncaughtExceptionHandler {
  private static final Logger LOG = Logger.getLogger(ThreadFailures.class);
  private static final int MAX_FAILURES = 10;
  private static final int MAX_STATE_FAILURES = 2;
  private static final long WITHIN_MILLIS = 600_000;

  private final Clock clock;
  private final Deque<Failure> failures = new ArrayDeque<>();
  private @Nullable String lastCause;

  private record Failure(long atMillis, boolean ofState) {}

  ThreadFailures(Clock clock) {
    this.clock = clock;
  }

  @Override
  public synchronized StreamThreadExceptionResponse handle(Throwable failure) {
    LOG.error("a thread of the analyzer failed", failure);
    List<Throwable> causes = causes(failure);
    lastCause = causes.get(causes.size() - 1).toString();
    long now = clock.millis();
    failures.add(
        new Failure(now, causes.stream().anyMatch(ProcessorStateException.class::isInstance)));
    while (failures.element().atMillis() < now - WITHIN_MILLIS) {
      failures.remove();
    }
    return failure instanceof Error
            || failures.size() > MAX_FAILURES
            || failures.stream().filter(Failure::ofState).count() > MAX_STATE_FAILURES
        ? StreamThreadExceptionResponse.SHUTDOWN_CLIENT
        : StreamThreadExceptionResponse.REPLACE_THREAD;
  }

  /** What the last failure came from; null while there was none. */
  synchronized @Nullable String lastCause() {
    return lastCause;
  }

  /** The failure first, what it came from in the end last. */
  private static List<Throwable> causes(Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable cause = failure; cause != null && !causes.contains(cause); ) {
      causes.add(cause);
      cause = cause.getCause();
    }
    return causes;
  }
}

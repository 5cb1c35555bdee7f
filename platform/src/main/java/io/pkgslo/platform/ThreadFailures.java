// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.platform;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A stream thread that fails is replaced, but not for ever: after several failures within ten
 * minutes the instance stops and says why. Of a state directory that takes no more fewer are
 * enough, since each costs reading all state back, which may take longer than it works afterwards.
 * Thread-safe.
 */
public final class ThreadFailures {
  private static final Logger LOG = Logger.getLogger(ThreadFailures.class);
  private static final int MAX_FAILURES = 10;
  private static final int MAX_STATE_FAILURES = 2;
  private static final long WITHIN_MILLIS = 600_000;

  private final String service;
  private final Class<? extends Throwable> ofState;
  private final Clock clock;
  private final Deque<Failure> failures = new ArrayDeque<>();
  private @Nullable String lastCause;

  private record Failure(long atMillis, boolean ofState) {}

  /**
   * @param service whose threads they are, for the log
   * @param ofState what fails when the state directory does
   */
  public ThreadFailures(String service, Class<? extends Throwable> ofState, Clock clock) {
    this.service = service;
    this.ofState = ofState;
    this.clock = clock;
  }

  /** Takes note of a failure; true when the thread is to be replaced, false when it is too much. */
  public synchronized boolean allowsAnother(Throwable failure) {
    LOG.errorf(failure, "a thread of %s failed", service);
    List<Throwable> causes = causes(failure);
    lastCause = causes.get(causes.size() - 1).toString();
    long now = clock.millis();
    failures.add(new Failure(now, causes.stream().anyMatch(ofState::isInstance)));
    while (failures.element().atMillis() < now - WITHIN_MILLIS) {
      failures.remove();
    }
    return !(failure instanceof Error)
        && failures.size() <= MAX_FAILURES
        && failures.stream().filter(Failure::ofState).count() <= MAX_STATE_FAILURES;
  }

  /** What the last failure came from; null while there was none. */
  public synchronized @Nullable String lastCause() {
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

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.platform.streams;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells tasks that what they did so far is committed. A stream thread has one producer and one
 * transaction for all of its tasks, commits it between two records, and calls nothing of the tasks
 * in between: when the commit returns, the state of each task of that thread is committed state.
 *
 * <p>Thread-safe; listeners are called on the thread that added them.
 */
public final class CommitListeners {
  private final Map<Thread, Set<Runnable>> byThread = new ConcurrentHashMap<>();

  /** Nobody listens yet. */
  public CommitListeners() {}

  /** Calls {@code listener} after each commit of this thread. */
  public void add(Runnable listener) {
    byThread
        .computeIfAbsent(Thread.currentThread(), t -> ConcurrentHashMap.newKeySet())
        .add(listener);
  }

  /** Calls it no more. */
  public void remove(Runnable listener) {
    byThread.values().forEach(listeners -> listeners.remove(listener));
    byThread.values().removeIf(Set::isEmpty);
  }

  /** This thread has committed. */
  public void committed() {
    byThread.getOrDefault(Thread.currentThread(), Set.of()).forEach(Runnable::run);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.record;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * Reads one batch ahead, in a thread of its own, while the one before is worked off. Whoever reads
 * belongs to one thread at a time: to the caller's until {@link #begin}, and again from when {@link
 * #next}, {@link #more} or {@link #drop} have brought an end to that reading.
 *
 * <p>What must not happen while batches are worked off waits in {@link #awaitEnd}.
 */
final class ReadAhead<T> implements AutoCloseable {
  private final Supplier<T> reading;
  private final ExecutorService thread;
  private @Nullable CompletableFuture<T> ahead;

  /** One for all batches that are worked off together. */
  private volatile Work work = Work.over();

  private record Work(CompletableFuture<Void> ended, CompletableFuture<Void> awaited) {
    Work() {
      this(new CompletableFuture<>(), new CompletableFuture<>());
    }

    static Work over() {
      Work over = new Work();
      over.ended.complete(null);
      return over;
    }
  }

  /**
   * @param reading blocks until there is a batch, or none for a while
   * @param name of the thread, which begins with the first batch that is read ahead
   */
  ReadAhead(Supplier<T> reading, String name) {
    this.reading = reading;
    this.thread =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread made = new Thread(task, name);
              made.setDaemon(true);
              return made;
            });
  }

  /** The batch that was read ahead, as soon as it is there, or one that is read now. */
  T next() {
    CompletableFuture<T> read = ahead;
    if (read == null) {
      return reading.get();
    }
    await(read);
    ahead = null;
    return value(read);
  }

  /**
   * The batch that was read ahead, if it comes soon.
   *
   * @return null if it does not, if none is read, if reading waits for the end of this work, or if
   *     it failed, which {@link #next} tells
   */
  @Nullable T more(Duration soon) {
    CompletableFuture<T> read = ahead;
    if (read == null) {
      return null;
    }
    await(
        CompletableFuture.anyOf(read, work.awaited())
            .completeOnTimeout(null, soon.toNanos(), TimeUnit.NANOSECONDS));
    return read.isDone() && !read.isCompletedExceptionally() ? next() : null;
  }

  /** Waits until something has come to an end, in whatever way. */
  private static void await(CompletableFuture<?> future) {
    try {
      var unused = future.handle((value, fault) -> true).get();
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a failure that was handled", e);
    }
  }

  private static <T> T value(CompletableFuture<T> read) {
    try {
      return read.join();
    } catch (CompletionException e) {
      throw asItWas(e);
    }
  }

  /** Faults keep their type: what may be tried again is decided by it. */
  private static RuntimeException asItWas(CompletionException wrapped) {
    Throwable cause = wrapped.getCause();
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException fault ? fault : wrapped;
  }

  /** A batch is going to be worked off, until {@link #ended}; reads the next one meanwhile. */
  void begin() {
    if (work.ended().isDone()) {
      work = new Work();
    }
    ahead = CompletableFuture.supplyAsync(reading, thread);
  }

  /** All batches so far are worked off, or given up. */
  void ended() {
    work.ended().complete(null);
  }

  /** To be called by whoever reads: returns when no batch is worked off any more. */
  void awaitEnd() {
    work.awaited().complete(null);
    await(work.ended());
  }

  /** Throws away what was read ahead, and how that failed. */
  void drop() {
    ended();
    CompletableFuture<T> read = ahead;
    if (read != null) {
      await(read);
      ahead = null;
    }
  }

  /** Ends the thread; whoever reads is the caller's again, unless this is interrupted. */
  @Override
  public void close() {
    try {
      drop();
    } finally {
      thread.shutdown();
    }
  }
}

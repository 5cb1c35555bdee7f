// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import org.jspecify.annotations.Nullable;

/**
 * Opens the episodes of all processes, and forgets each when only panics older than the horizon
 * could belong to it. Mutable, single-threaded.
 */
final class EpisodeBook {
  private static final long NANOS_PER_MILLI = 1_000_000L;
  private static final long LENGTH_MILLIS = 60_000L;

  private record Entry(ProcessState process, Episode episode) {}

  private final ProcessSink sink;
  private final DeadlineQueue<Entry> byEnd = new DeadlineQueue<>();

  EpisodeBook(ProcessSink sink) {
    this.sink = sink;
  }

  void open(ProcessState process, Episode episode) {
    restore(process, episode);
    sink.episodeOpened(episode);
  }

  /** An episode that opened before. */
  void restore(ProcessState process, Episode episode) {
    if (process.episodes().add(episode)) {
      long startMillis = Math.floorDiv(episode.startEpochNanos(), NANOS_PER_MILLI);
      byEnd.add(startMillis + LENGTH_MILLIS, new Entry(process, episode));
    }
  }

  /** Forgets what ended before a time. */
  void forgetBefore(long millis) {
    @Nullable Entry ended = byEnd.pollDue(millis);
    while (ended != null) {
      ended.process().current().episodes().remove(ended.episode());
      sink.episodeForgotten(ended.episode());
      ended = byEnd.pollDue(millis);
    }
  }
}

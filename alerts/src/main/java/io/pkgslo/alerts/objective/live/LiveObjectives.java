// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.live;

import io.pkgslo.alerts.objective.ActiveObjectives;
import io.pkgslo.alerts.objective.ObjectiveFiles;
import io.pkgslo.alerts.objective.Objectives;
import io.pkgslo.alerts.objective.Slo;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the published objectives and a directory of files the same. Files are read when they change
 * and at an interval besides, since not every file system tells of changes. {@link #check} belongs
 * to one thread, which {@link #start} starts; everything else may be asked from any.
 */
public final class LiveObjectives implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(LiveObjectives.class);

  /** Intervals of exclusions that recur are expanded some weeks ahead. */
  private static final Duration REPUBLISH = Duration.ofHours(1);

  private final @Nullable Path directory;
  private final Consumer<List<Slo>> publish;
  private final Clock clock;

  /** Written by the thread of {@link #check} only; likewise the status. */
  private volatile List<Slo> slos;

  private volatile ObjectiveStatus status;
  private final @Nullable DirectoryWatch watch;
  private @Nullable String fingerprint;
  private Instant published;
  private boolean pending;

  /**
   * Without a thread until {@link #start}.
   *
   * @param directory null when there are only the built-in objectives
   * @param first the set that is published already; its problem stands until files are valid
   * @param publish brings the topic to a set, and throws when it cannot
   * @param interval between two looks at the files
   */
  public LiveObjectives(
      @Nullable Path directory,
      FirstObjectives first,
      Consumer<List<Slo>> publish,
      Duration interval,
      Clock clock) {
    this.directory = directory;
    this.publish = publish;
    this.clock = clock;
    this.slos = first.slos();
    this.published = clock.instant();
    this.status = new ObjectiveStatus(slos.size(), published, 1, 0, 0, first.problem());
    this.watch = directory == null ? null : new DirectoryWatch(directory, interval, this::check);
  }

  /**
   * Takes another set as the one that is published already, where that became known later than the
   * files. Only before {@link #start}.
   */
  public void begin(FirstObjectives first) {
    slos = first.slos();
    published = clock.instant();
    status = new ObjectiveStatus(slos.size(), published, 1, 0, 0, first.problem());
  }

  /** Begins to watch. */
  public void start() {
    if (watch != null) {
      watch.start();
    }
  }

  @Override
  public void close() {
    if (watch != null) {
      watch.close();
    }
  }

  /** The set in force. */
  public List<Slo> slos() {
    return slos;
  }

  public ObjectiveStatus status() {
    return status;
  }

  /** Reads the files if they have changed, and publishes what is new. */
  void check() {
    if (directory == null) {
      return;
    }
    String now = Fingerprint.of(directory);
    boolean changed = !now.equals(fingerprint);
    if (changed) {
      fingerprint = now;
      read(directory);
    }
    if (pending || clock.instant().isAfter(published.plus(REPUBLISH))) {
      publish();
    }
  }

  private void read(Path path) {
    Objectives files = ObjectiveFiles.read(path);
    if (!files.isValid()) {
      LOG.errorf(
          "objectives in %s are not valid, the set of %s stays in force:%n%s",
          path, status.since(), files.report());
      status = status.refused(files.report());
      return;
    }
    List<Slo> next = ActiveObjectives.with(files.slos());
    if (next.equals(slos)) {
      // Also after a file was broken and mended.
      status = status.current();
      return;
    }
    warnOfOtherSources(slos, next);
    slos = next;
    pending = true;
  }

  private void publish() {
    List<Slo> set = slos;
    try {
      publish.accept(set);
    } catch (RuntimeException e) {
      LOG.errorf("objectives were not published, trying again: %s", e.getMessage());
      status = status.notPublished("the objectives were not published: " + e.getMessage());
      return;
    }
    published = clock.instant();
    if (pending) {
      pending = false;
      LOG.infof("objectives have changed: %d in force", set.size());
      status = status.applied(set.size(), published);
    }
  }

  /** Under an old id, a new threshold mixes events that were judged by two. */
  private static void warnOfOtherSources(List<Slo> before, List<Slo> after) {
    Map<String, Slo> former = new HashMap<>();
    before.forEach(slo -> former.put(slo.id(), slo));
    for (Slo slo : after) {
      Slo old = former.get(slo.id());
      if (old != null && !old.source().equals(slo.source())) {
        LOG.warnf(
            "objective %s measures something else now; its series go on, a new name begins new"
                + " ones",
            slo.id());
      }
    }
  }
}

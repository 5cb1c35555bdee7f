// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.live;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import io.pkgslo.alerts.objective.yaml.YamlTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Calls back soon after something below a directory has changed, and at an interval in any case. A
 * ConfigMap changes by one rename of a link in the directory itself, which is seen there.
 */
final class DirectoryWatch implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(DirectoryWatch.class);

  /** Files that change together are read together. */
  private static final Duration QUIET = Duration.ofMillis(200);

  private static final int MOST_FOLDERS_DEEP = 16;
  private static final int MOST_FOLDERS = 1_000;

  private final Path directory;
  private final Duration interval;
  private final Runnable changed;
  private final Thread thread;
  private final Set<Path> registered = new HashSet<>();
  private volatile boolean closed;

  DirectoryWatch(Path path, Duration interval, Runnable changed) {
    Path absolute = path.toAbsolutePath();
    Path parent = absolute.getParent();
    this.directory = Files.isRegularFile(absolute) && parent != null ? parent : absolute;
    this.interval = interval;
    this.changed = changed;
    this.thread = new Thread(this::run, "pkgslo-objectives");
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try (WatchService service = open()) {
      while (!closed) {
        // First the watch: what changes during the look is seen after it.
        register(service);
        look();
        await(service);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.errorf(e, "the watch over %s ended", directory);
    }
  }

  /** Null where the system has no more watches: then only the interval is left. */
  private @Nullable WatchService open() {
    try {
      return directory.getFileSystem().newWatchService();
    } catch (IOException | UnsupportedOperationException e) {
      LOG.warnf("changes of %s are seen every %s only: %s", directory, interval, e.getMessage());
      return null;
    }
  }

  /** A fault in one look must not end all of them. */
  private void look() {
    try {
      changed.run();
    } catch (RuntimeException e) {
      LOG.error("objective files could not be looked at", e);
    }
  }

  private void await(@Nullable WatchService service) throws InterruptedException {
    if (service == null) {
      TimeUnit.MILLISECONDS.sleep(interval.toMillis());
      return;
    }
    WatchKey key = service.poll(interval.toMillis(), TimeUnit.MILLISECONDS);
    while (key != null) {
      key.pollEvents();
      if (!key.reset() && key.watchable() instanceof Path gone) {
        registered.remove(gone);
      }
      key = service.poll(QUIET.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void register(@Nullable WatchService service) {
    if (service == null) {
      return;
    }
    for (Path folder : folders()) {
      try {
        if (registered.add(folder)) {
          folder.register(service, ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY);
        }
      } catch (IOException e) {
        registered.remove(folder);
        LOG.debugf("no watch over %s: %s", folder, e.getMessage());
      }
    }
  }

  private List<Path> folders() {
    try (Stream<Path> walk = Files.walk(directory, MOST_FOLDERS_DEEP)) {
      return walk.filter(Files::isDirectory)
          .filter(folder -> folder.equals(directory) || !YamlTree.isHidden(directory, folder))
          .limit(MOST_FOLDERS)
          .toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.publish;

import io.pkgslo.alerts.objective.Slo;
import io.pkgslo.alerts.rule.RuleFile;
import io.pkgslo.alerts.rule.RuleKind;
import io.pkgslo.alerts.rule.RuleOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Year;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the published rules those of the objectives in force: in memory at once, in the directory
 * and in Prometheus as soon as these can be reached. Thread-safe.
 */
public final class RulePublisher implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(RulePublisher.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int OK = 200;

  private final RuleSettings settings;
  private final Clock clock;
  private final @Nullable RuleDirectory directory;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final ScheduledExecutorService worker =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "pkgslo-rules");
            thread.setDaemon(true);
            return thread;
          });
  private volatile @Nullable List<Slo> slos;
  private volatile @Nullable String failure;
  private volatile boolean changed;
  private boolean told;

  public RulePublisher(RuleSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    this.directory = settings.directory() == null ? null : new RuleDirectory(settings.directory());
    long millis = settings.retry().toMillis();
    ScheduledFuture<?> unused =
        worker.scheduleWithFixedDelay(this::catchUp, millis, millis, TimeUnit.MILLISECONDS);
  }

  /** From now on the rules are those of {@code objectives}; returns at once. */
  public void update(List<Slo> objectives) {
    slos = List.copyOf(objectives);
    changed = true;
    worker.execute(this::catchUp);
  }

  /**
   * The rules of the objectives in force. Null while nobody knows which these are: rules for none
   * would end the alerts of all, wherever they are loaded.
   */
  public @Nullable String rules(RuleKind kind) {
    List<Slo> known = slos;
    return known == null ? null : rules(known, kind);
  }

  private String rules(List<Slo> known, RuleKind kind) {
    return RuleFile.of(
        known, new RuleOptions(settings.form(), kind, settings.link(), Year.now(clock)));
  }

  /** Why the directory or Prometheus has not got the rules yet; null when they have. */
  public @Nullable String failure() {
    return failure;
  }

  @Override
  public void close() {
    worker.shutdownNow();
  }

  private void catchUp() {
    RuleDirectory target = directory;
    List<Slo> known = slos;
    if (target == null || known == null || (!changed && failure == null)) {
      return;
    }
    changed = false;
    try {
      if (target.write(rules(known, RuleKind.FILE))) {
        told = false;
        LOG.infof("rules of %d objectives are in %s", known.size(), settings.directory());
      }
      URI reload = settings.reload();
      if (reload != null && !told) {
        tell(reload);
        told = true;
      }
      failure = null;
    } catch (IOException | RuntimeException e) {
      // Whatever it is, the next turn may go better; an exception would end the turns.
      fail(e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tell(URI reload) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(reload).timeout(TIMEOUT).POST(BodyPublishers.noBody()).build();
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != OK) {
      throw new IOException(
          reload + " answered " + answer.statusCode() + ": " + answer.body().strip());
    }
  }

  private void fail(String cause) {
    if (!cause.equals(failure)) {
      LOG.warnf("the rules are not published yet, trying again: %s", cause);
    }
    failure = cause;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks.gates;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks the gates at a fixed rate, whether answers come or not: an answer's time counts from when it
 * was due, so that a pause of the service is seen by all who would have asked meanwhile.
 */
final class GateLoad {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI base;
  private final int services;
  private final Percentiles times = new Percentiles();

  /** One party for each request that waits for its answer, and one for who asks. */
  private final Phaser open = new Phaser(1);

  private final Map<String, Integer> outcomes = new TreeMap<>();

  GateLoad(URI base, int services) {
    this.base = base;
    this.services = services;
  }

  /** Returns when the last answer has come. */
  void run(int requestsPerSecond, Duration duration) throws InterruptedException {
    long pauseNanos = TimeUnit.SECONDS.toNanos(1) / requestsPerSecond;
    long start = System.nanoTime();
    long requests = requestsPerSecond * duration.toSeconds();
    for (long i = 0; i < requests; i++) {
      long due = start + i * pauseNanos;
      TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
      ask(path(i), due);
    }
    open.arriveAndAwaitAdvance();
  }

  private String path(long number) {
    String service = Rollouts.service((int) (number / 3 % services));
    return switch ((int) (number % 3)) {
      case 0 -> "gates/argo?service=" + service + "&version=" + Rollouts.VERSION;
      case 1 ->
          "prometheus/api/v1/query?query=rollout_verdict_code%7Bservice%3D%22"
              + service
              + "%22%2Cversion%3D%22"
              + Rollouts.VERSION
              + "%22%7D";
      default -> "gates/kayenta/canaryConfig?application=" + service;
    };
  }

  private void ask(String path, long dueNanos) {
    open.register();
    HttpRequest request = HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE).build();
    var unused =
        http.sendAsync(request, BodyHandlers.ofString())
            .whenComplete((answer, failure) -> answered(dueNanos, answer, failure));
  }

  private void answered(
      long dueNanos, @Nullable HttpResponse<String> answer, @Nullable Throwable failure) {
    times.add(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - dueNanos));
    String outcome =
        answer == null
            ? String.valueOf(failure)
            : answer.statusCode() + (answer.body().isEmpty() ? " empty" : "");
    synchronized (outcomes) {
      outcomes.merge(outcome, 1, Integer::sum);
    }
    open.arriveAndDeregister();
  }

  /** From when a request was due to its whole answer. */
  Percentiles times() {
    return times;
  }

  /** How many ended how. */
  Map<String, Integer> outcomes() {
    synchronized (outcomes) {
      return new TreeMap<>(outcomes);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks.gates;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Releases that never come up: every second a new version of some service dies in its
 * initialisation, in two processes one after the other. Standard error of both is sent as a log
 * shipper does, a record per line.
 */
final class CrashLoops implements AutoCloseable {
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String VERSION = "crash-";
  private static final String[] DUMP = {
    "panic: no configuration",
    "",
    "goroutine 1 [running]:",
    "example.com/shop/config.mustLoad(...)",
    "\\t/src/config/load.go:17",
    "example.com/shop/config.init.0()",
    "\\t/src/config/config.go:9 +0x25",
  };

  private final HttpClient http = HttpClient.newHttpClient();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final AtomicInteger number = new AtomicInteger();

  /** When the last record of a crash was sent, by version; until its verdict has come. */
  private final Map<String, Long> sentMillis = new ConcurrentHashMap<>();

  private final Percentiles times = new Percentiles();
  private final URI logs;
  private final int services;
  private final Clock clock;

  CrashLoops(URI otlp, int services, Clock clock) {
    this.logs = otlp.resolve("/v1/logs");
    this.services = services;
    this.clock = clock;
  }

  static boolean isVersion(String version) {
    return version.startsWith(VERSION);
  }

  void start() {
    var unused = timer.scheduleAtFixedRate(this::crash, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** No more crashes; returns when all were answered, or when nothing more is to be hoped for. */
  void stop() throws InterruptedException {
    timer.shutdown();
    if (timer.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      awaitAnswers(System.nanoTime() + PATIENCE.toNanos());
    }
  }

  private synchronized void awaitAnswers(long untilNanos) throws InterruptedException {
    long left = untilNanos - System.nanoTime();
    while (!sentMillis.isEmpty() && left > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = untilNanos - System.nanoTime();
    }
  }

  private void crash() {
    int next = number.getAndIncrement();
    String version = VERSION + next;
    try {
      send(next % services, version, "a");
      long lastMillis = clock.millis();
      sentMillis.put(version, lastMillis);
      send(next % services, version, "b");
    } catch (IOException e) {
      sentMillis.remove(version); // It was not taken, so nobody has to answer it.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(int service, String version, String process)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(logs)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body(service, version, process)))
            .build();
    if (http.send(request, BodyHandlers.discarding()).statusCode() != 200) {
      throw new IOException("the receiver is busy");
    }
  }

  private String body(int service, String version, String process) {
    long nanos = TimeUnit.MILLISECONDS.toNanos(clock.millis());
    StringBuilder json =
        new StringBuilder("{\"resourceLogs\":[{\"resource\":{\"attributes\":[")
            .append(Rollouts.attribute("service.namespace", "load"))
            .append(',')
            .append(Rollouts.attribute("service.name", "service-" + service))
            .append(',')
            .append(Rollouts.attribute("service.version", version))
            .append(',')
            .append(Rollouts.attribute("service.instance.id", service + version + process))
            .append("]},\"scopeLogs\":[{\"logRecords\":[");
    for (int i = 0; i < DUMP.length; i++) {
      json.append(i == 0 ? "" : ",")
          .append("{\"timeUnixNano\":\"")
          .append(nanos + i)
          .append("\",\"body\":{\"stringValue\":\"")
          .append(DUMP[i])
          .append("\"},\"attributes\":[")
          .append(Rollouts.attribute("log.iostream", "stderr"))
          .append("]}");
    }
    return json.append("]}]}]}").toString();
  }

  /** A version was rolled back: the first time that it is told counts. */
  synchronized void rolledBack(String version) {
    Long sent = sentMillis.remove(version);
    if (sent != null) {
      times.add(TimeUnit.MILLISECONDS.toMicros(clock.millis() - sent));
      notifyAll();
    }
  }

  /** From the last record of a crash to its verdict. */
  Percentiles times() {
    return times;
  }

  /** Crashes that nobody has answered. */
  int unanswered() {
    return sentMillis.size();
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks.gates;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends spans of many services in rollout, two versions each, at a fixed rate until it is
 * interrupted. One request a service and turn; what the receiver does not take in time is left out.
 */
final class Rollouts implements Runnable {
  static final String VERSION = "v2";

  private static final String BASELINE = "v1";
  private static final int SPAN_CHARS = 220;

  private final HttpClient http = HttpClient.newHttpClient();
  private final SplittableRandom random = new SplittableRandom(1);
  private final URI traces;
  private final int services;
  private final int spansPerSecond;
  private final Clock clock;
  private final AtomicLong sent = new AtomicLong();

  Rollouts(URI otlp, int services, int spansPerSecond, Clock clock) {
    this.traces = otlp.resolve("/v1/traces");
    this.services = services;
    this.spansPerSecond = spansPerSecond;
    this.clock = clock;
  }

  static String service(int number) {
    return "load/service-" + number;
  }

  /** Spans that were taken so far. */
  long sent() {
    return sent.get();
  }

  @Override
  public void run() {
    int spans = Math.max(2, spansPerSecond / services);
    long turnNanos = TimeUnit.SECONDS.toNanos(1) * spans * services / spansPerSecond;
    long next = System.nanoTime();
    try {
      while (!Thread.currentThread().isInterrupted()) {
        for (int service = 0; service < services; service++) {
          send(body(service, spans), spans);
        }
        next += turnNanos;
        TimeUnit.NANOSECONDS.sleep(Math.max(0, next - System.nanoTime()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(String body, int spans) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(traces)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    try {
      if (http.send(request, BodyHandlers.discarding()).statusCode() == 200) {
        sent.addAndGet(spans);
      }
    } catch (IOException e) {
      // Busy is what it shall be; the next turn comes.
    }
  }

  private String body(int service, int spans) {
    StringBuilder json = new StringBuilder(spans * SPAN_CHARS).append("{\"resourceSpans\":[");
    // Two processes of each version: with one canary process nothing is decided.
    for (int process = 0; process < 4; process++) {
      String version = process < 2 ? BASELINE : VERSION;
      json.append(process == 0 ? "" : ",")
          .append("{\"resource\":{\"attributes\":[")
          .append(attribute("service.namespace", "load"))
          .append(',')
          .append(attribute("service.name", "service-" + service))
          .append(',')
          .append(attribute("service.version", version))
          .append(',')
          .append(attribute("service.instance.id", service + "-" + process))
          .append("]},\"scopeSpans\":[{\"scope\":{\"name\":\"example.com/shop/orders\"},")
          .append("\"spans\":[");
      int share = Math.max(1, spans / 4);
      for (int i = 0; i < share; i++) {
        span(json.append(i == 0 ? "" : ","));
      }
      json.append("]}]}");
    }
    return json.append("]}").toString();
  }

  private void span(StringBuilder json) {
    long end = TimeUnit.MILLISECONDS.toNanos(clock.millis());
    json.append("{\"traceId\":\"")
        .append(hex(random.nextLong()))
        .append(hex(random.nextLong()))
        .append("\",\"spanId\":\"")
        .append(hex(random.nextLong()))
        .append("\",\"name\":\"place order\",\"kind\":2,\"startTimeUnixNano\":\"")
        .append(end - random.nextLong(1_000_000, 50_000_000))
        .append("\",\"endTimeUnixNano\":\"")
        .append(end)
        .append("\"}");
  }

  private static String hex(long id) {
    return String.format("%016x", id | 1);
  }

  static String attribute(String key, String value) {
    return "{\"key\":\"" + key + "\",\"value\":{\"stringValue\":\"" + value + "\"}}";
  }
}

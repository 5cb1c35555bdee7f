// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.alerting;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Good calls of one package, every second, so that rates are not those of a moment. */
final class LiveTraffic implements AutoCloseable {
  private static final int SPANS_PER_SECOND = 5;

  private final HttpClient http = HttpClient.newHttpClient();
  private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor();
  private final URI traces;
  private final String service;
  private final String version;
  private final String goPackage;
  private final Clock clock;

  /**
   * @param service as namespace/name
   */
  LiveTraffic(URI otlp, String service, String version, String goPackage, Clock clock) {
    this.traces = URI.create(otlp + "/v1/traces");
    this.service = service;
    this.version = version;
    this.goPackage = goPackage;
    this.clock = clock;
  }

  void start() {
    ScheduledFuture<?> unused = worker.scheduleAtFixedRate(this::send, 0, 1, TimeUnit.SECONDS);
  }

  private void send() {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(traces)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(body()))
              .build();
      http.send(request, BodyHandlers.discarding());
    } catch (IOException e) {
      // The next second's will do.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String body() {
    StringBuilder spans = new StringBuilder();
    long end = TimeUnit.MILLISECONDS.toNanos(clock.millis());
    for (int i = 0; i < SPANS_PER_SECOND; i++) {
      String id = UUID.randomUUID().toString().replace("-", "");
      spans.append(i == 0 ? "" : ",");
      spans.append(
          "{\"traceId\":\"%s\",\"spanId\":\"%s\",\"name\":\"pay\",\"kind\":2,"
              .formatted(id, id.substring(16)));
      spans.append(
          "\"startTimeUnixNano\":\"%d\",\"endTimeUnixNano\":\"%d\"}"
              .formatted(end - 3_000_000, end));
    }
    String[] names = service.split("/", 2);
    return """
        {"resourceSpans":[{"resource":{"attributes":[%s,%s,%s,%s]},
          "scopeSpans":[{"scope":{"name":"%s"},"spans":[%s]}]}]}
        """
        .formatted(
            attribute("service.namespace", names[0]),
            attribute("service.name", names[1]),
            attribute("service.version", version),
            attribute("service.instance.id", "live-" + version),
            goPackage,
            spans);
  }

  private static String attribute(String key, String value) {
    return "{\"key\":\"%s\",\"value\":{\"stringValue\":\"%s\"}}".formatted(key, value);
  }

  @Override
  public void close() {
    worker.shutdownNow();
  }
}

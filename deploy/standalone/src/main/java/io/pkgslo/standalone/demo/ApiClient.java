// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.demo;

import io.pkgslo.standalone.demo.DemoReport.PackageRow;
import io.pkgslo.standalone.demo.DemoReport.VerdictRow;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code /api/v1} of the running services. */
public final class ApiClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final String CANARY = "canary";
  private static final String STALE = "data-stale";

  // HTTP/1.1: a server that is busy starting may end an HTTP/2 connection under the first request.
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();
  private final URI base;

  /**
   * @param base e.g. {@code http://127.0.0.1:8080/}
   */
  public ApiClient(URI base) {
    this.base = base;
  }

  /**
   * What the API says now.
   *
   * @param through event time up to which packages and verdicts are complete; null while one of
   *     them is unknown
   * @param isStale whether a verdict is hold only because its looks are old, which passes when the
   *     next look is judged
   */
  public record Answer(@Nullable Instant through, boolean isStale, DemoReport report) {}

  /**
   * Asks for packages and rollouts.
   *
   * @throws IOException if the services do not answer, or not as expected
   */
  public Answer ask() throws IOException, InterruptedException {
    // Packages first: what they are complete through, the verdicts may not be yet, never reversed.
    JsonObject packages = get("api/v1/packages");
    JsonObject rollouts = get("api/v1/rollouts");
    try {
      return new Answer(
          earlier(instant(packages), instant(rollouts)),
          isStale(rollouts.getJsonArray("rollouts")),
          new DemoReport(
              rows(packages.getJsonArray("packages")),
              verdicts(rollouts.getJsonArray("rollouts"))));
    } catch (ClassCastException | NullPointerException | NumberFormatException e) {
      throw new IOException("unexpected answer of " + base + "api/v1: " + e.getMessage(), e);
    }
  }

  private JsonObject get(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(TIMEOUT)
            .header("Accept", "application/json")
            .build();
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(request.uri() + " answered " + response.statusCode());
    }
    try {
      return new JsonObject(response.body());
    } catch (DecodeException e) {
      throw new IOException(request.uri() + " did not answer with JSON", e);
    }
  }

  private static @Nullable Instant instant(JsonObject answer) throws IOException {
    String through = answer.getString("through");
    try {
      return through == null ? null : Instant.parse(through);
    } catch (DateTimeParseException e) {
      throw new IOException("unexpected time " + through, e);
    }
  }

  private static @Nullable Instant earlier(@Nullable Instant a, @Nullable Instant b) {
    if (a == null || b == null) {
      return null;
    }
    return a.isBefore(b) ? a : b;
  }

  private static List<PackageRow> rows(JsonArray packages) {
    List<PackageRow> rows = new ArrayList<>();
    for (Object element : packages) {
      JsonObject json = (JsonObject) element;
      rows.add(
          new PackageRow(
              json.getString("service"),
              json.getString("version"),
              json.getString("package"),
              decimal(json, "calls"),
              decimal(json, "errors"),
              decimal(json, "panics"),
              json.getDouble("panicsPer10k"),
              json.getDouble("initP95Seconds"),
              json.getDouble("budgetRemaining")));
    }
    return rows;
  }

  private static BigDecimal decimal(JsonObject json, String key) {
    return new BigDecimal(json.getNumber(key).toString());
  }

  private static List<VerdictRow> verdicts(JsonArray rollouts) {
    List<VerdictRow> rows = new ArrayList<>();
    for (Object element : rollouts) {
      JsonObject json = (JsonObject) element;
      rows.add(
          new VerdictRow(
              json.getString("service"),
              json.getString("version"),
              json.getString("baseline"),
              json.getString("verdict"),
              json.getString("package"),
              json.getString("reason"),
              stack(json.getJsonArray("examples", new JsonArray()))));
    }
    return rows;
  }

  private static boolean isStale(JsonArray rollouts) {
    return rollouts.stream().anyMatch(r -> STALE.equals(((JsonObject) r).getString("rule")));
  }

  private static @Nullable String stack(JsonArray examples) {
    for (Object element : examples) {
      JsonObject example = (JsonObject) element;
      String stack = example.getString("stack");
      if (stack != null && CANARY.equals(example.getString("arm"))) {
        return stack;
      }
    }
    return null;
  }
}

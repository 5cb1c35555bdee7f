// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pkgslo.alerts.gate.access.AccessGuard;
import io.pkgslo.alerts.gate.access.AccessGuards;
import io.pkgslo.alerts.gate.access.SecuritySettings;
import io.pkgslo.alerts.gate.alertmanager.FiringAlerts;
import io.pkgslo.alerts.gate.http.Endpoint;
import io.pkgslo.alerts.gate.http.GateMeters;
import io.pkgslo.alerts.gate.http.GateServer;
import io.pkgslo.alerts.rollout.RolloutView;
import io.pkgslo.model.wire.Progress;
import io.pkgslo.model.wire.SubjectState;
import io.prometheus.client.CollectorRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** All gates on a real port, over a state that a test sets. */
public final class RunningGates implements AutoCloseable {
  /** An operator's token. */
  public static final String OPERATOR = "operator-0123456789";

  /** An admin's token. */
  public static final String ADMIN = "admin-0123456789abcde";

  /** A viewer's token. */
  public static final String VIEWER = "viewer-0123456789abc";

  public static final SecuritySettings OPEN = security(true, 1000, 1000);
  public static final SecuritySettings CLOSED = security(false, 1000, 1000);

  private static final ObjectMapper JSON = new ObjectMapper();

  public final MovableClock clock = new MovableClock(TestRollouts.NOW);
  public final CollectorRegistry registry = new CollectorRegistry();
  private final StateView view = new StateView();
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient http = HttpClient.newHttpClient();
  private final HttpServer server;

  public RunningGates() {
    this(OPEN);
  }

  public RunningGates(SecuritySettings security) {
    this(security, List.of());
  }

  /**
   * @param more endpoints besides the gates
   */
  public RunningGates(SecuritySettings security, List<Endpoint> more) {
    this(clock -> AccessGuards.of(security, clock), more);
  }

  /**
   * @param guard is made with the clock of the gates
   */
  public RunningGates(Function<Clock, AccessGuard> guard, List<Endpoint> more) {
    Router router = Router.router(vertx);
    List<Endpoint> endpoints =
        new ArrayList<>(
            Gates.endpoints(view, new FiringAlerts(clock), GateSettings.DEFAULT, clock));
    endpoints.addAll(more);
    new GateServer(
            endpoints,
            OpenApi.methods(),
            guard.apply(clock),
            GateSettings.DEFAULT.maxBodyBytes(),
            new GateMeters(registry, Gates.NAMES),
            clock)
        .register(router);
    // JAX-RS stands behind everything, with an order of its own.
    router.route().order(-1_000).handler(c -> c.json(Map.of("reached", true)));
    server =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  public static SecuritySettings security(boolean openReads, double perSecond, int burst) {
    return new SecuritySettings(
        openReads,
        List.of("ci:operator:" + OPERATOR, "grafana:viewer:" + VIEWER, "ada:admin:" + ADMIN),
        null,
        perSecond,
        burst,
        null);
  }

  /** The pipeline works, and is as far as it can be. */
  public RunningGates fresh() {
    long now = clock.millis();
    view.subject(
        "progress0",
        SubjectState.newBuilder().addProgress(progress(now - 21_000)).build(),
        now - 500);
    view.rolloutsProgress(progress(now - 60_000), now - 500);
    return this;
  }

  private static Progress progress(long throughMillis) {
    return Progress.newBuilder()
        .setPartition(0)
        .setPartitions(1)
        .setThroughMillis(throughMillis)
        .build();
  }

  public RunningGates with(RolloutView rollout) {
    view.rollout(rollout.id(), rollout);
    return this;
  }

  public RunningGates with(SubjectState subject) {
    view.subject(
        subject.getService() + subject.getVersion() + subject.getPackage(),
        subject,
        clock.millis());
    return this;
  }

  /** What came back. */
  public record Answer(int status, String body, Map<String, List<String>> headers) {
    public JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException e) {
        throw new AssertionError("not JSON: " + body, e);
      }
    }
  }

  public Answer get(String path, String... headers) {
    return send("GET", path, null, headers);
  }

  public Answer postJson(String path, String body, String... headers) {
    String[] all = Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "Content-Type";
    all[headers.length + 1] = "application/json";
    return send("POST", path, body, all);
  }

  public Answer send(String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + path))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body(), response.headers().map());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  public int port() {
    return server.actualPort();
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}

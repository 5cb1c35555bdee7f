// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AlertmanagerTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final List<JsonNode> bodies = new CopyOnWriteArrayList<>();
  private final AtomicInteger status = new AtomicInteger(200);
  private HttpServer server;
  private Alertmanager alertmanager;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/am/api/v2/alerts",
        exchange -> {
          bodies.add(new ObjectMapper().readTree(exchange.getRequestBody()));
          exchange.sendResponseHeaders(status.get(), -1);
          exchange.close();
        });
    server.start();
    alertmanager =
        new Alertmanager(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/am"),
            Duration.ofSeconds(60));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private static PagedAlert alert(String name, Instant endsAt) {
    return new PagedAlert(
        Map.of("alertname", name), Map.of(), NOW, endsAt, "http://pkgslo.example/");
  }

  private static PagedAlert firing(String name) {
    return alert(name, NOW.plusSeconds(240));
  }

  @Test
  void firing_isToldAtOnceAndThenEveryMinute() throws Exception {
    assertThat(alertmanager.offer(List.of(firing("a")), NOW)).isNull();
    alertmanager.offer(List.of(firing("a")), NOW.plusSeconds(59));
    assertThat(bodies).hasSize(1);
    alertmanager.offer(List.of(firing("a"), firing("b")), NOW.plusSeconds(59));
    alertmanager.offer(List.of(firing("a"), firing("b")), NOW.plusSeconds(60));

    assertThat(bodies).hasSize(3);
    assertThat(bodies.get(0).get(0).path("startsAt").asText()).isEqualTo("2026-03-01T12:00:00Z");
    assertThat(bodies.get(0).get(0).path("generatorURL").asText()).startsWith("http");
    assertThat(bodies.get(1).findValuesAsText("alertname")).containsExactly("b");
    assertThat(bodies.get(2).findValuesAsText("alertname")).containsExactly("a");
  }

  @Test
  void end_isToldAtOnce() throws Exception {
    alertmanager.offer(List.of(firing("a")), NOW);
    alertmanager.offer(List.of(alert("a", NOW.plusSeconds(5))), NOW.plusSeconds(5));

    assertThat(bodies).hasSize(2);
    assertThat(bodies.get(1).get(0).path("endsAt").asText()).isEqualTo("2026-03-01T12:00:05Z");
  }

  /** Alertmanager stores the valid alerts and answers 400: all are offered again. */
  @Test
  void refused_isOfferedAgain() throws Exception {
    status.set(400);
    assertThat(alertmanager.offer(List.of(firing("a")), NOW)).contains("refuses");
    status.set(200);
    assertThat(alertmanager.offer(List.of(firing("a")), NOW.plusSeconds(2))).isNull();

    assertThat(bodies).hasSize(2);
  }

  @Test
  void unreachable_isSaid() throws Exception {
    server.stop(0);

    assertThat(alertmanager.offer(List.of(firing("a")), NOW)).contains("cannot be reached");
  }
}

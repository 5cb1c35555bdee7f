// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.alerting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Somebody whom Alertmanager pages. */
final class Webhook implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<JsonNode> alerts = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  Webhook() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::take);
    server.start();
  }

  private void take(HttpExchange exchange) throws IOException {
    JsonNode notification = JSON.readTree(exchange.getRequestBody());
    notification.path("alerts").forEach(alerts::add);
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/page");
  }

  /** The first alert that it got with this status; null without one. */
  @Nullable JsonNode first(String status, Predicate<JsonNode> labels) {
    return alerts.stream()
        .filter(alert -> alert.path("status").asText().equals(status))
        .filter(alert -> labels.test(alert.path("labels")))
        .findFirst()
        .orElse(null);
  }

  /** All that it got. */
  List<JsonNode> alerts() {
    return alerts;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.gates;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Somebody who is told of verdicts, and checks each signature as docs/gates.md says. */
final class Receiver implements AutoCloseable {
  static final String SECRET = "the secret of this test's receiver";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Notice> notices = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  /**
   * @param event the header {@code X-Pkgslo-Event}
   * @param key the header {@code Idempotency-Key}
   * @param isSigned whether the signature is the secret's
   */
  record Notice(String path, String event, String key, boolean isSigned, JsonNode body) {}

  Receiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::take);
    server.start();
  }

  private void take(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    notices.add(
        new Notice(
            exchange.getRequestURI().getPath(),
            header(exchange, "X-Pkgslo-Event"),
            header(exchange, "Idempotency-Key"),
            header(exchange, "X-Pkgslo-Signature")
                .equals("v1=" + hmac(header(exchange, "X-Pkgslo-Timestamp"), body)),
            JSON.readTree(body)));
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  private static String header(HttpExchange exchange, String name) {
    return String.valueOf(exchange.getRequestHeaders().getFirst(name));
  }

  private static String hmac(String timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update((timestamp + ".").getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  String address(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  /** What came to one path so far. */
  List<Notice> at(String path) {
    return notices.stream().filter(notice -> notice.path().equals(path)).toList();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

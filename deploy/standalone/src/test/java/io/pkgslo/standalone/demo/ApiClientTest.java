// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.pkgslo.standalone.demo.DemoReport.PackageRow;
import io.pkgslo.standalone.demo.DemoReport.VerdictRow;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApiClientTest {
  private HttpServer server;
  private ApiClient client;
  private String packages = "{\"packages\":[]}";
  private String rollouts = "{\"rollouts\":[]}";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/api/v1/packages", e -> answer(e, packages));
    server.createContext("/api/v1/rollouts", e -> answer(e, rollouts));
    server.start();
    client = new ApiClient(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void ask_readsRowsAndTheEarlierTime() throws Exception {
    packages =
        "{\"through\":\"2026-01-01T00:01:00Z\",\"packages\":[{\"service\":\"s\",\"version\":\"v\","
            + "\"package\":\"p\",\"calls\":12.5,\"errors\":3,\"panics\":0,\"budgetRemaining\":1.0,"
            + "\"more\":[]}]}";
    rollouts =
        "{\"through\":\"2026-01-01T00:00:59.5Z\",\"rollouts\":[{\"service\":\"s\",\"version\":\"v\","
            + "\"baseline\":\"u\",\"verdict\":\"hold\",\"reason\":\"r\",\"examples\":["
            + "{\"arm\":\"baseline\",\"stack\":\"old\"},{\"arm\":\"canary\",\"traceId\":\"1\"},"
            + "{\"arm\":\"canary\",\"stack\":\"new\"}]}]}";

    ApiClient.Answer answer = client.ask();

    assertThat(answer.through()).isEqualTo(Instant.parse("2026-01-01T00:00:59.500Z"));
    assertThat(answer.isStale()).isFalse();
    assertThat(answer.report().packages())
        .containsExactly(
            new PackageRow(
                "s",
                "v",
                "p",
                new BigDecimal("12.5"),
                new BigDecimal("3"),
                new BigDecimal("0"),
                null,
                null,
                1.0));
    assertThat(answer.report().verdicts())
        .containsExactly(new VerdictRow("s", "v", "u", "hold", null, "r", "new"));
  }

  @Test
  void ask_beforeAnythingIsKnown_hasNoTime() throws Exception {
    rollouts = "{\"through\":\"2026-01-01T00:00:59Z\",\"rollouts\":[]}";
    assertThat(client.ask().through()).isNull();
  }

  @Test
  void ask_staleVerdict_isTold() throws Exception {
    rollouts =
        "{\"rollouts\":[{\"service\":\"s\",\"version\":\"v\",\"baseline\":\"u\","
            + "\"verdict\":\"hold\",\"rule\":\"data-stale\",\"reason\":\"r\"}]}";
    assertThat(client.ask().isStale()).isTrue();
  }

  @Test
  void ask_unexpectedAnswer_namesTheAddress() {
    packages = "<html>";
    assertThatThrownBy(client::ask)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("/api/v1/packages did not answer with JSON");
  }

  @Test
  void ask_nobodyThere_isAnError() {
    server.stop(0);
    assertThatThrownBy(client::ask).isInstanceOf(IOException.class);
  }

  private static void answer(com.sun.net.httpserver.HttpExchange exchange, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}

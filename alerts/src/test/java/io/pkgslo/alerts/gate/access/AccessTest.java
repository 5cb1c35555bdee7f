// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.access;

import static io.pkgslo.alerts.gate.RunningGates.OPERATOR;
import static io.pkgslo.alerts.gate.RunningGates.VIEWER;
import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.alerts.gate.RunningGates;
import io.pkgslo.alerts.gate.RunningGates.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what, over HTTP. */
class AccessTest {
  private static final String ARGO = "/gates/argo?service=s&version=v";

  private RunningGates gates = new RunningGates();

  @AfterEach
  void stop() {
    gates.close();
  }

  /** Also of paths that JAX-RS serves, and of those that nobody has declared. */
  @ParameterizedTest
  @CsvSource({
    "POST, /api/v1/rollouts",
    "PUT, /api/v1/anything",
    "DELETE, /api/v1/rollouts/1",
    "PATCH, /api/v1/rollouts/1",
    "POST, /api/v1/events",
    "POST, /gates/alertmanager",
    "POST, /gates/unknown",
    "POST, /prometheus/api/v1/admin/tsdb/delete_series"
  })
  void change_needsAnOperator(String method, String path) {
    assertThat(gates.send(method, path, "{}").status()).isEqualTo(401);
    assertThat(gates.send(method, path, "{}", bearer("nobody-knows-this-one")).status())
        .isEqualTo(401);
    assertThat(gates.send(method, path, "{}", bearer(VIEWER)).status()).isEqualTo(403);
    assertThat(gates.send(method, path, "{}", bearer(OPERATOR)).status()).isNotIn(401, 403);
  }

  @Test
  void overrides_needAnAdmin() {
    String path = "/api/v1/rollouts/1/overrides";
    assertThat(gates.send("POST", path, "{}", bearer(OPERATOR)).status()).isEqualTo(403);
    assertThat(gates.send("POST", path, "{}", bearer(RunningGates.ADMIN)).status()).isEqualTo(200);
  }

  /** A path that only looks different must not slip past its rule. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/gates/argo/../alertmanager",
        "/gates//alertmanager",
        "/gates/%61lertmanager",
        "/gates/argo/%2e%2e/alertmanager"
      })
  void disguisedPath_needsAnOperatorToo(String path) {
    assertThat(raw("POST", path)).doesNotContain(" 200 ");
  }

  private String raw(String method, String path) {
    try (Socket socket = new Socket("127.0.0.1", gates.port());
        OutputStream out = socket.getOutputStream()) {
      String body = "{\"version\":\"4\",\"alerts\":[]}";
      String request =
          method
              + " "
              + path
              + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n"
              + "Content-Length: "
              + body.length()
              + "\r\n\r\n"
              + body;
      out.write(request.getBytes(StandardCharsets.UTF_8));
      out.flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void reading_isOpenOrClosed() {
    assertThat(gates.get(ARGO).status()).isEqualTo(200);
    assertThat(gates.get("/api/v1/rollouts").status()).isEqualTo(200);

    gates.close();
    gates = new RunningGates(RunningGates.CLOSED);
    for (String path : List.of(ARGO, "/api/v1/rollouts", "/prometheus/api/v1/query?query=1")) {
      Answer answer = gates.get(path);
      assertThat(answer.status()).as(path).isEqualTo(401);
      assertThat(answer.headers()).containsKey("www-authenticate");
      assertThat(answer.json().path("reason").asText()).isEqualTo("no-token");
      assertThat(gates.get(path, bearer(VIEWER)).status()).as(path).isEqualTo(200);
    }
    assertThat(gates.get("/openapi").status()).isEqualTo(200);
  }

  /** Clients of Prometheus, and URLs with a user part, know basic authentication only. */
  @ParameterizedTest
  @ValueSource(strings = {"any:" + VIEWER, VIEWER, VIEWER + ":"})
  void basicAuthentication_carriesTheToken(String pair) {
    gates.close();
    gates = new RunningGates(RunningGates.CLOSED);
    String encoded = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));

    assertThat(gates.get(ARGO, "Authorization", "Basic " + encoded).status()).isEqualTo(200);
  }

  /** Who shows a wrong token is not taken for nobody, even where nobody may read. */
  @ParameterizedTest
  @ValueSource(strings = {"Bearer wrong", "Bearer ", "Basic !!!", "Digest x", "Bearer"})
  void wrongToken_isRefused_alsoWhereReadingIsOpen(String header) {
    Answer answer = gates.get(ARGO, "Authorization", header);

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.json().path("reason").asText()).isEqualTo("bad-token");
  }

  @Test
  void withoutTokens_nothingCanBeChanged_andTheAnswerSaysWhy() {
    gates.close();
    gates = new RunningGates(new SecuritySettings(true, List.of(), null, 100, 100, null));

    Answer answer = gates.postJson("/api/v1/rollouts", "{}");

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.json().path("error").asText()).contains("none is configured");
  }

  @Test
  void rate_isLimitedPerCaller() {
    gates.close();
    gates = new RunningGates(RunningGates.security(true, 0.5, 2));
    gates.get(ARGO);
    gates.get(ARGO);

    Answer third = gates.get(ARGO);
    assertThat(third.status()).isEqualTo(429);
    assertThat(third.headers().get("retry-after")).containsExactly("2");
    assertThat(third.json().path("reason").asText()).isEqualTo("rate-limit");
    assertThat(gates.get(ARGO, bearer(VIEWER)).status()).isEqualTo(200);

    gates.clock.move(Duration.ofSeconds(2));
    assertThat(gates.get(ARGO).status()).isEqualTo(200);
  }

  @Test
  void longBody_isRefused_whetherAnnouncedOrNot() {
    String body = "{\"a\":\"" + "x".repeat(1024 * 1024) + "\"}";

    for (String path : List.of("/gates/argo", "/gates/flagger/rollback")) {
      Answer answer = gates.postJson(path, body);
      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.json().path("reason").asText()).isEqualTo("too-large");
      // The client speaks HTTP/2, which knows no such header, and may refuse the answer for it.
      assertThat(answer.headers()).doesNotContainKey("connection");
    }
    assertThat(rawChunked(body)).startsWith("HTTP/1.1 413");
  }

  private String rawChunked(String body) {
    try (Socket socket = new Socket("127.0.0.1", gates.port());
        OutputStream out = socket.getOutputStream()) {
      out.write(
          "POST /gates/argo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
              .getBytes(StandardCharsets.UTF_8));
      String chunk = body.substring(0, 64 * 1024);
      for (int i = 0; i < 17; i++) {
        out.write(("10000\r\n" + chunk + "\r\n").getBytes(StandardCharsets.UTF_8));
      }
      out.write("0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      out.flush();
      byte[] start = socket.getInputStream().readNBytes(40);
      return new String(start, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void refusals_areCountedByReason() {
    gates.get("/gates/nothing-here");
    gates.send("DELETE", "/gates/argo", null, bearer(OPERATOR));
    gates.get("/gates/argo");
    gates.postJson("/api/v1/rollouts", "{}");

    assertThat(refused(Refusal.UNKNOWN_PATH)).isEqualTo(1);
    assertThat(refused(Refusal.METHOD)).isEqualTo(1);
    assertThat(refused(Refusal.MALFORMED)).isEqualTo(1);
    assertThat(refused(Refusal.NO_TOKEN)).isEqualTo(1);
    assertThat(refused(Refusal.ROLE)).isZero();
  }

  /** JAX-RS would answer with 200 and an empty body. */
  @ParameterizedTest
  @CsvSource({
    "OPTIONS, /api/v1/rollouts, 'GET, POST'",
    "HEAD, /api/v1/rollouts, 'GET, POST'",
    "OPTIONS, /api/v1/packages, GET",
    "HEAD, /api/v1/rollouts/some/overrides, POST",
    "HEAD, /gates/argo, 'GET, POST, PUT'",
    "TRACE, /gates/flagger/rollback, POST"
  })
  void methodWithoutABody_isRefused(String method, String path, String allowed) {
    Answer answer = gates.send(method, path, null);

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.headers().get("allow")).as("RFC 9110, 15.5.6").containsExactly(allowed);
  }

  /** A resource behind the gates must not get what is no gate: it knows nothing of the others. */
  @ParameterizedTest
  @CsvSource({
    "DELETE, /gates/argo, 'GET, POST, PUT'",
    "PUT, /gates/flagger/rollback, POST",
    "POST, /gates/kayenta/canaryConfig, GET",
    "PUT, /prometheus/api/v1/query, 'GET, POST'",
    "POST, /openapi, GET",
    "PUT, /api/v1/packages, GET",
    "PUT, /api/v1/packages/, GET",
    "POST, /api/v1/rules, GET",
    "DELETE, /api/v1/rollouts, 'GET, POST'",
    "PATCH, /api/v1/rollouts/some, GET",
    "GET, /api/v1/rollouts/some/overrides, POST"
  })
  void otherMethod_isRefused_andTheRightOneNamed(String method, String path, String allowed) {
    Answer answer = gates.send(method, path, "{}", bearer(OPERATOR));

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.headers().get("allow")).containsExactly(allowed);
    assertThat(answer.json().path("reason").asText()).isEqualTo("method");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/gates/argo?service=%zz", "/api/v1/rollouts?a=%", "/openapi?%ff%"})
  void queryThatIsNotEncoded_isRefusedInJson(String target) {
    String answer = raw("GET", target);

    assertThat(answer).startsWith("HTTP/1.1 400").contains("\"reason\":\"malformed\"");
  }

  private Double refused(Refusal reason) {
    return gates.registry.getSampleValue(
        "pkgslo_gate_requests_refused_total",
        new String[] {"reason"},
        new String[] {reason.label()});
  }

  private static String[] bearer(String token) {
    return new String[] {"Authorization", "Bearer " + token};
  }
}

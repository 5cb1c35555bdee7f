// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate;

import static io.pkgslo.alerts.gate.TestRollouts.NOW;
import static io.pkgslo.alerts.gate.TestRollouts.SERVICE;
import static io.pkgslo.alerts.gate.TestRollouts.rollout;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pkgslo.alerts.gate.RunningGates.Answer;
import io.pkgslo.alerts.gate.access.Need;
import io.pkgslo.alerts.gate.alertmanager.FiringAlerts;
import io.pkgslo.alerts.gate.argo.ArgoGate;
import io.pkgslo.alerts.gate.http.Ask;
import io.pkgslo.alerts.gate.http.Endpoint;
import io.pkgslo.alerts.gate.http.Reply;
import io.pkgslo.alerts.rollout.RolloutView;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No 2xx of any path in any state is empty, is not JSON, or holds a number that is none. */
class EveryAnswerTest {
  private static final List<String> QUERIES =
      List.of(
          "",
          "?service=shop/checkout&version=v2",
          "?service=nobody&version=v0",
          "?query=vector(1)&start=0&end=1&step=1",
          "?query=rollout_verdict_code%7Bservice=%22shop/checkout%22,version=%22v2%22%7D",
          "?query=rollout_evidence_log_e",
          "?query=1/0",
          "?query=0/0",
          "?query=sum(rollout_evidence_log_e)",
          "?match[]=rollout_verdict");

  enum State {
    NOTHING_KNOWN,
    NO_ROLLOUT,
    PROMOTE,
    HOLD,
    ROLLBACK,
    CLOSED,
    STALE,
    NOT_FINITE
  }

  @ParameterizedTest
  @EnumSource(State.class)
  void success_isWholeFiniteJson(State state) throws IOException {
    try (RunningGates gates = in(state)) {
      for (Endpoint endpoint : endpoints(gates)) {
        if (endpoint.methods().contains("GET")) {
          for (String query : QUERIES) {
            check(state, gates.get(path(endpoint) + query));
          }
        }
        if (endpoint.methods().contains("POST")) {
          for (String body : List.of("", "{}", "[]", "null", "{\"a\":NaN}", flagger())) {
            check(
                state,
                gates.postJson(
                    path(endpoint), body, "Authorization", "Bearer " + RunningGates.OPERATOR));
          }
        }
      }
    }
  }

  private static void check(State state, Answer answer) throws IOException {
    assertThat(answer.body()).as("%s: %s", state, answer).isNotEmpty();
    JsonNode json = new ObjectMapper().readTree(answer.body());
    assertThat(json.isContainerNode()).as("%s: %s", state, answer).isTrue();
    assertThat(answer.headers().get("content-type")).containsExactly("application/json");
    assertThat(answer.status()).as("%s: %s", state, answer).isNotEqualTo(500);
    if (answer.status() / 100 == 2) {
      assertThat(answer.body()).as("%s: %s", state, answer).doesNotContain("NaN", "Infinity");
    }
    if (answer.status() / 100 == 2 && (state == State.STALE || state == State.NOTHING_KNOWN)) {
      assertThat(answer.body()).doesNotContain("\"promote\",\"code\":1");
    }
  }

  private static RunningGates in(State state) {
    RunningGates gates = new RunningGates();
    return switch (state) {
      case NOTHING_KNOWN -> gates;
      case NO_ROLLOUT -> gates.fresh();
      case PROMOTE -> gates.fresh().with(rollout("promote"));
      case HOLD -> gates.fresh().with(rollout("hold"));
      case ROLLBACK -> gates.fresh().with(rollout("rollback"));
      case CLOSED -> gates.fresh().with(rollout("r", SERVICE, "v2", "promote", NOW, NOW));
      case STALE -> {
        gates.fresh().with(rollout("promote"));
        gates.clock.move(Duration.ofSeconds(30));
        yield gates;
      }
      case NOT_FINITE -> gates.fresh().with(withLogE(rollout("hold"), Double.NaN));
    };
  }

  private static RolloutView withLogE(RolloutView r, double logE) {
    return new RolloutView(
        r.id(),
        r.service(),
        r.version(),
        r.baseline(),
        r.verdict(),
        r.code(),
        r.rule(),
        r.reason(),
        null,
        false,
        false,
        0,
        logE,
        List.of(),
        List.of(),
        NOW,
        NOW,
        null,
        null);
  }

  private static List<Endpoint> endpoints(RunningGates gates) {
    return Gates.endpoints(
        new StateView(), new FiringAlerts(gates.clock), GateSettings.DEFAULT, gates.clock);
  }

  private static String path(Endpoint endpoint) {
    return endpoint.path().replace("{id}", "pkgslo").replace("{name}", "service");
  }

  private static String flagger() {
    return "{\"name\":\"checkout\",\"namespace\":\"shop\",\"checksum\":\"1\"}";
  }

  /** A bug, and an answer that holds what no gate may see: both are 503 in JSON. */
  @Test
  void internalFailure_is503InJson() {
    Endpoint broken =
        new Endpoint(
            "argo",
            Set.of("GET"),
            "/gates/broken",
            Need.READ,
            ask -> {
              throw new IllegalStateException("secret detail");
            });
    Endpoint notFinite =
        Endpoint.get("argo", "/gates/nan", ask -> Reply.ok(Map.of("a", List.of(Double.NaN))));
    Endpoint text = Endpoint.get("argo", "/gates/text", ask -> Reply.ok("fine"));
    try (RunningGates gates =
        new RunningGates(RunningGates.OPEN, List.of(broken, notFinite, text))) {
      for (String path : List.of("/gates/broken", "/gates/nan", "/gates/text")) {
        Answer answer = gates.get(path);
        assertThat(answer.status()).as(path).isEqualTo(503);
        assertThat(answer.json().path("error").asText()).isNotBlank().doesNotContain("secret");
      }
      assertThat(
              gates.registry.getSampleValue(
                  "pkgslo_gate_failures_total", new String[] {"gate"}, new String[] {"argo"}))
          .isEqualTo(3);
    }
  }

  /**
   * Processor time with more rollouts than anybody has, which other work on the machine does not
   * change; what a caller waits is measured by {@code benchmarks/run gates}.
   */
  @Test
  void answers_costLessThanATenthOfASecond() {
    StateView view = new StateView();
    MovableClock clock = new MovableClock(NOW);
    for (int i = 0; i < 2000; i++) {
      view.rollout("r" + i, rollout("r" + i, "service-" + i, "v2", "promote", NOW, null));
    }
    Endpoint argo =
        Gates.endpoints(view, new FiringAlerts(clock), GateSettings.DEFAULT, clock).stream()
            .filter(endpoint -> endpoint.path().equals(ArgoGate.PATH))
            .findFirst()
            .orElseThrow();
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long[] millis = new long[300];
    for (int i = 0; i < millis.length; i++) {
      Map<String, List<String>> query =
          Map.of("service", List.of("service-" + i), "version", List.of("v2"));
      long began = threads.getCurrentThreadCpuTime();
      argo.handler().apply(new Ask(Map.of(), query, Map.of(), new byte[0]));
      millis[i] = TimeUnit.NANOSECONDS.toMillis(threads.getCurrentThreadCpuTime() - began);
    }
    Arrays.sort(millis);
    assertThat(millis[millis.length * 99 / 100]).as(Arrays.toString(millis)).isLessThan(100);
  }

  @Test
  void resources_writeFiniteNumbersOnly() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    new FiniteNumbers().customize(mapper);

    assertThat(mapper.writeValueAsString(new double[] {1.5, 2}))
        .as("arrays have their own writer")
        .isEqualTo("[1.5,2.0]");
    assertThat(mapper.writeValueAsString(Map.of("a", Double.NaN))).isEqualTo("{\"a\":null}");
    assertThat(mapper.writeValueAsString(new Holder(Double.NEGATIVE_INFINITY, 0.5)))
        .isEqualTo("{\"a\":null,\"b\":0.5}");
  }

  private record Holder(double a, Double b) {}
}

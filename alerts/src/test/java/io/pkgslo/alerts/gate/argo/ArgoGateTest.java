// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.argo;

import static io.pkgslo.alerts.gate.TestRollouts.NOW;
import static io.pkgslo.alerts.gate.TestRollouts.SERVICE;
import static io.pkgslo.alerts.gate.TestRollouts.rollout;
import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.alerts.gate.RunningGates;
import io.pkgslo.alerts.gate.RunningGates.Answer;
import io.pkgslo.alerts.rollout.RolloutDetails;
import io.pkgslo.alerts.rollout.RolloutDetails.Side;
import io.pkgslo.alerts.rollout.RolloutView;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests as metricproviders/webmetric of Argo Rollouts makes them. */
class ArgoGateTest {
  private static final String V2 = "/gates/argo?service=shop/checkout&version=v2";

  private final RunningGates gates = new RunningGates();

  @AfterEach
  void stop() {
    gates.close();
  }

  @ParameterizedTest
  @CsvSource({"promote, 1", "hold, 0", "rollback, -1"})
  void verdict_isTold(String verdict, int code) {
    gates.fresh().with(rollout(verdict));

    Answer answer = gates.get(V2);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers().get("content-type")).containsExactly("application/json");
    assertThat(answer.json().path("verdict").asText()).isEqualTo(verdict);
    assertThat(answer.json().path("code").asInt(99)).isEqualTo(code);
    assertThat(answer.json().path("reason").asText()).startsWith(verdict + ": ");
    assertThat(answer.json().path("evidenceUrl").asText())
        .isEqualTo("/api/v1/rollouts?service=shop%2Fcheckout&version=v2");
  }

  /** jsonBody of the template comes as POST or PUT with a JSON content type; body has none. */
  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT"})
  void jsonBody_isRead(String method) {
    gates.fresh().with(rollout("promote"));
    String body = "{\"service\":\"shop/checkout\",\"version\":\"v2\",\"baseline\":\"v1\"}";

    Answer answer =
        gates.send(method, "/gates/argo", body, "Content-Type", "application/json; charset=utf-8");

    assertThat(answer.json().path("verdict").asText()).isEqualTo("promote");
    assertThat(gates.send(method, V2, "anything").json().path("verdict").asText())
        .isEqualTo("promote");
  }

  @Test
  void unknownArm_isHold() {
    gates.fresh().with(rollout("promote"));

    Answer answer = gates.get("/gates/argo?service=shop/checkout&version=v3");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("verdict").asText()).isEqualTo("hold");
    assertThat(answer.json().path("reason").asText()).contains("arm not seen");
  }

  /** Argo knows rollouts-pod-template-hash and no version. */
  @Test
  void hashOrDigest_namesTheArmToo() {
    gates.fresh().with(withHash(rollout("promote"), "7d4b9c", "sha256:ab"));

    for (String name : List.of("7d4b9c", "sha256:ab")) {
      assertThat(
              gates
                  .get("/gates/argo?service=shop/checkout&version=" + name)
                  .json()
                  .path("verdict")
                  .asText())
          .isEqualTo("promote");
    }
  }

  private static RolloutView withHash(RolloutView r, String hash, String digest) {
    Side canary = new Side("v2", "checkout", hash, digest, 2);
    Side baseline = new Side("v1", "checkout-primary", "5f6d7c", null, 2);
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
        true,
        false,
        7,
        0,
        List.of(),
        List.of(),
        r.openedAt(),
        r.evaluatedThrough(),
        null,
        "d-7",
        new RolloutDetails("concurrent", canary, baseline, Map.of(), null, null, null, null));
  }

  @Test
  void otherBaseline_isAnotherArm() {
    gates.fresh().with(rollout("promote"));

    assertThat(gates.get(V2 + "&baseline=v0").json().path("verdict").asText()).isEqualTo("hold");
    assertThat(gates.get(V2 + "&baseline=v1").json().path("verdict").asText()).isEqualTo("promote");
  }

  @Test
  void analyzerStopped_isHoldWithinThirtySeconds() {
    gates.fresh().with(rollout("promote"));
    assertThat(gates.get(V2).json().path("verdict").asText()).isEqualTo("promote");

    gates.clock.move(Duration.ofSeconds(30));

    Answer answer = gates.get(V2);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("verdict").asText()).isEqualTo("hold");
    assertThat(answer.json().path("reason").asText()).contains("data is stale");
  }

  @Test
  void nothingEverCounted_isHold() {
    assertThat(gates.get(V2).json().path("reason").asText()).contains("data is stale");
  }

  /** The same version again, a day later: what was earned then does not promote it now. */
  @Test
  void closedPromotion_isHold() {
    gates.fresh().with(rollout("r", SERVICE, "v2", "promote", NOW.minusSeconds(90_000), NOW));

    Answer answer = gates.get(V2);

    assertThat(answer.json().path("verdict").asText()).isEqualTo("hold");
    assertThat(answer.json().path("reason").asText()).contains("has not been judged");
  }

  /** A version that is judged against two baselines is as bad as the worse of the two. */
  @Test
  void severalRollouts_gravestCounts() {
    gates
        .fresh()
        .with(rollout("a", SERVICE, "v2", "promote", NOW, null))
        .with(rollout("b", SERVICE, "v2", "rollback", NOW.minusSeconds(9), null));

    assertThat(gates.get(V2).json().path("verdict").asText()).isEqualTo("rollback");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/gates/argo",
        "/gates/argo?service=shop/checkout",
        "/gates/argo?version=v2",
        "/gates/argo?service=&version=v2",
        "/gates/argo?service=shop/checkout&version=%20"
      })
  void incompleteQuestion_isNeverASuccess(String path) {
    gates.fresh().with(rollout("promote"));

    Answer answer = gates.get(path);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("error").asText()).contains("service and version");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "null", "{\"service\":1,\"version\":\"v2\"}", "{} {}"})
  void malformedJson_isRefusedInJson(String body) {
    Answer answer = gates.postJson("/gates/argo", body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().has("error")).isTrue();
  }

  /** Argo keeps the matched value ten times in etcd. */
  @Test
  void answer_isBelowOneKilobyte_alsoWithLongNames() {
    String name = "ä".repeat(400);
    gates.fresh().with(rollout("r".repeat(500), name, name, "rollback", NOW, null));

    Answer answer =
        gates.postJson(
            "/gates/argo", "{\"service\":\"" + name + "\",\"version\":\"" + name + "\"}");

    assertThat(answer.json().path("verdict").asText()).isEqualTo("rollback");
    assertThat(answer.body().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(1000);
  }
}

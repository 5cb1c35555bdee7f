// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.kayenta;

import static io.pkgslo.alerts.gate.TestRollouts.NOW;
import static io.pkgslo.alerts.gate.TestRollouts.rollout;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pkgslo.alerts.gate.RunningGates;
import io.pkgslo.alerts.gate.RunningGates.Answer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests as metricproviders/kayenta of Argo Rollouts and RemoteJudgeService of Kayenta make them.
 */
class KayentaGateTest {
  private static final String CANARY =
      "/gates/kayenta/canary/pkgslo?application=shop/checkout&metricsAccountName=m"
          + "&configurationAccountName=c&storageAccountName=s";

  private final RunningGates gates = new RunningGates();

  @AfterEach
  void stop() {
    gates.close();
  }

  @Test
  void configs_holdTheOneThatTheTemplateNames() {
    Answer answer =
        gates.get("/gates/kayenta/canaryConfig?application=shop&configurationAccountName=s");

    assertThat(answer.status()).isEqualTo(200);
    JsonNode config = answer.json().path(0);
    assertThat(config.path("id").asText()).isEqualTo("pkgslo");
    assertThat(config.path("name").asText()).isEqualTo("pkgslo");
    assertThat(config.path("updatedTimestamp").isIntegralNumber()).isTrue();
    assertThat(config.path("updatedTimestampIso").isTextual()).isTrue();
    assertThat(config.path("applications").path(0).asText()).isEqualTo("shop");
  }

  /** Argo takes the whole part of the score: pass at 95, fail below 75. */
  @ParameterizedTest
  @CsvSource({"promote, 95, 100", "rollback, 0, 74", "hold, 75, 94"})
  void score_saysTheVerdict(String verdict, int least, int most) {
    gates.fresh().with(rollout(verdict));

    JsonNode result = result(begin("", 95, 75)).json();

    assertThat(result.path("complete").isBoolean()).isTrue();
    assertThat(result.path("complete").asBoolean()).isTrue();
    double score =
        result.path("result").path("judgeResult").path("score").path("score").asDouble(-1);
    assertThat((int) score).isBetween(least, most);
  }

  /** Asked every 15 s until it is complete. */
  @Test
  void hold_isIncompleteUntilTheScopeEnds() {
    gates.fresh().with(rollout("hold"));
    Answer begun =
        begin("\"start\":\"" + NOW + "\",\"end\":\"" + NOW.plusSeconds(45) + "\",", 95, 75);
    assertThat(result(begun).json().path("complete").asBoolean(true)).isFalse();

    gates.clock.move(Duration.ofSeconds(46));

    JsonNode end = result(begun).json();
    assertThat(end.path("complete").asBoolean()).isTrue();
    assertThat(end.path("reason").asText()).contains("hold");
  }

  @Test
  void decided_isCompleteBeforeTheScopeEnds() {
    gates.fresh().with(rollout("rollback"));
    Answer begun = begin("\"end\":\"" + NOW.plusSeconds(900) + "\",", 95, 75);

    assertThat(result(begun).json().path("complete").asBoolean()).isTrue();
  }

  /** Without room between the thresholds hold would be promote or rollback. */
  @ParameterizedTest
  @CsvSource({"75, 75", "75, 95", "95, 0", "101, 75", "95, -1"})
  void thresholdsWithoutRoom_areRefused(double pass, double marginal) {
    assertThat(begin("", pass, marginal).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "{\"thresholds\":{\"pass\":95,\"marginal\":75}}",
        "{\"thresholds\":{\"pass\":\"NaN\",\"marginal\":75},\"scopes\":{}}",
        "{\"thresholds\":{\"pass\":95,\"marginal\":75},\"scopes\":{\"default\":{}}}",
        "{\"thresholds\":{\"pass\":95,\"marginal\":75},\"scopes\":{\"default\":{\"experimentScope\":"
            + "{\"scope\":\"v2\",\"end\":\"tomorrow\"}}}}"
      })
  void malformedScopes_areRefused(String body) {
    assertThat(gates.postJson(CANARY, body).status()).isEqualTo(400);
  }

  @Test
  void otherConfig_isUnknown() {
    assertThat(gates.postJson(CANARY.replace("/pkgslo?", "/other?"), "{}").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "e30", "bnVsbA", "%3Cnil%3E", "W10"})
  void unknownExecution_isRefused(String id) {
    assertThat(gates.get("/gates/kayenta/canary/" + id).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({"promote, 100, Pass", "rollback, 0, Fail", "hold, 85, Marginal"})
  void remoteJudge_answersWhatKayentaReads(String verdict, double score, String classification) {
    gates.fresh().with(rollout(verdict));

    Answer answer = gates.postJson("/gates/kayenta/judge", judgeRequest("\"version\":\"v2\","));

    assertThat(answer.status()).isEqualTo(200);
    JsonNode json = answer.json();
    assertThat(json.path("judgeName").asText()).isEqualTo("pkgslo");
    assertThat(json.path("score").path("score").asDouble(-1)).isEqualTo(score);
    assertThat(json.path("score").path("classification").asText()).isEqualTo(classification);
    assertThat(json.path("score").path("classificationReason").isTextual()).isTrue();
    assertThat(json.path("groupScores").path(0).path("score").isNumber()).isTrue();
    JsonNode result = json.path("results").path(0);
    assertThat(result.path("id").asText()).isEqualTo("uuid-1");
    assertThat(result.path("tags").path("host").asText()).isEqualTo("a");
    assertThat(result.path("controlMetadata").path("stats").path("count").asInt()).isEqualTo(2);
    assertThat(result.path("experimentMetadata").path("stats").path("count").asInt()).isZero();
    assertThat(answer.body()).doesNotContain("NaN");
  }

  @Test
  void remoteJudge_withoutVersion_takesTheNewestRolloutOfTheApplication() {
    gates.fresh().with(rollout("rollback"));

    Answer answer = gates.postJson("/gates/kayenta/judge", judgeRequest(""));

    assertThat(answer.json().path("score").path("score").asDouble(-1)).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"canaryConfig\":{},\"metricSetPairList\":[],\"scoreThresholds\":{\"pass\":9,\"marginal\":5}}",
        "{\"canaryConfig\":{\"applications\":[\"a\"]},\"metricSetPairList\":[]}"
      })
  void remoteJudge_malformed_isRefused(String body) {
    assertThat(gates.postJson("/gates/kayenta/judge", body).status()).isEqualTo(400);
  }

  private static String judgeRequest(String version) {
    return "{\"canaryConfig\":{\"name\":\"c\",\"applications\":[\"shop/checkout\"],\"judge\":{\"name\":"
        + "\"pkgslo\",\"judgeConfigurations\":{"
        + version
        + "\"service\":\"shop/checkout\"}},\"metrics\":[]},"
        + "\"scoreThresholds\":{\"pass\":95.0,\"marginal\":75.0},"
        + "\"metricSetPairList\":[{\"name\":\"cpu\",\"id\":\"uuid-1\",\"tags\":{\"host\":\"a\"},"
        + "\"values\":{\"control\":[1.0,2.0,\"NaN\"],\"experiment\":[\"NaN\"]},"
        + "\"scopes\":{\"control\":{\"startTimeIso\":\"x\",\"startTimeMillis\":0,\"stepMillis\":1}}}]}";
  }

  private Answer begin(String times, double pass, double marginal) {
    return gates.postJson(
        CANARY,
        "{\"scopes\":{\"default\":{\"controlScope\":{\"scope\":\"v1\",\"location\":\"eu\",\"step\":60},"
            + "\"experimentScope\":{\"scope\":\"v2\","
            + times
            + "\"location\":\"eu\",\"step\":60}}},\"thresholds\":{\"pass\":"
            + pass
            + ",\"marginal\":"
            + marginal
            + "}}");
  }

  private Answer result(Answer begun) {
    assertThat(begun.status()).isEqualTo(200);
    Answer answer =
        gates.get("/gates/kayenta/canary/" + begun.json().path("canaryExecutionId").asText());
    assertThat(answer.status()).isEqualTo(200);
    return answer;
  }
}

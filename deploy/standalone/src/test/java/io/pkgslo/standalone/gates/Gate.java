// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.gates;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * The gates that answer with one of three values, asked as their tools do, and read as their tools
 * read them.
 */
enum Gate {
  /** The provider {@code web}, with the conditions of deploy/argo-rollouts. */
  ARGO_WEB {
    @Override
    Told ask(Client client, Scene scene) throws IOException, InterruptedException {
      Client.Answer answer =
          client.get("/gates/argo?service=" + scene.service() + "&version=" + Scene.VERSION);
      requireOk(answer);
      String verdict = answer.json().path("verdict").asText();
      return new Told(
          switch (verdict) {
            case "promote" -> Decision.GO_ON;
            case "rollback" -> Decision.GO_BACK;
            default -> Decision.WAIT;
          },
          answer.json().path("reason").asText());
    }
  },

  /** The provider {@code kayenta}: three requests, of which the last one may say not yet. */
  ARGO_KAYENTA {
    @Override
    Told ask(Client client, Scene scene) throws IOException, InterruptedException {
      String accounts = "&configurationAccountName=a&storageAccountName=a";
      Client.Answer configs =
          client.get(
              "/gates/kayenta/canaryConfig?application="
                  + scene.service()
                  + "&configurationAccountName=a");
      requireOk(configs);
      String config = configs.json().path(0).path("id").asText();
      Client.Answer begun =
          client.post(
              "/gates/kayenta/canary/"
                  + config
                  + "?application="
                  + scene.service()
                  + "&metricsAccountName=a"
                  + accounts,
              Map.of(
                  "scopes",
                  Map.of(
                      "default",
                      Map.of(
                          "controlScope", scope(Scene.BASELINE),
                          "experimentScope", scope(Scene.VERSION))),
                  "thresholds",
                  Map.of("pass", PASS, "marginal", MARGINAL)));
      requireOk(begun);
      Client.Answer result =
          client.get("/gates/kayenta/canary/" + begun.json().path("canaryExecutionId").asText());
      requireOk(result);
      return result.json().path("complete").asBoolean()
          ? scored(result.json().path("result").path("judgeResult").path("score"))
          : new Told(Decision.WAIT, result.json().path("reason").asText());
    }

    /** As Argo fills it in where the template has no times. */
    private Map<String, Object> scope(String version) {
      Instant now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS);
      return Map.of(
          "scope",
          version,
          "location",
          "any",
          "step",
          60,
          "start",
          now.minusSeconds(60).toString(),
          "end",
          now.toString());
    }
  },

  /** Kayenta's own judge replaced by this one. */
  KAYENTA_REMOTE_JUDGE {
    @Override
    Told ask(Client client, Scene scene) throws IOException, InterruptedException {
      Client.Answer answer =
          client.post(
              "/gates/kayenta/judge",
              Map.of(
                  "canaryConfig",
                  Map.of(
                      "name",
                      "shop",
                      "applications",
                      List.of("shop"),
                      "judge",
                      Map.of(
                          "name",
                          "pkgslo",
                          "judgeConfigurations",
                          Map.of(
                              "service", scene.service(),
                              "version", Scene.VERSION,
                              "baseline", Scene.BASELINE))),
                  "scoreThresholds",
                  Map.of("pass", PASS, "marginal", MARGINAL),
                  "metricSetPairList",
                  List.of(
                      Map.of(
                          "name",
                          "errors",
                          "id",
                          "1",
                          "tags",
                          Map.of(),
                          "values",
                          Map.of("control", List.of(1, "NaN"), "experiment", List.of(2, 3))))));
      requireOk(answer);
      require(answer.json().at("/results/0/experimentMetadata/stats/count").asInt() == 2, answer);
      return scored(answer.json().path("score"));
    }
  },

  /** Argo, Keptn and Grafana read the number of the only series. */
  PROMETHEUS {
    @Override
    Told ask(Client client, Scene scene) throws IOException, InterruptedException {
      Client.Answer answer =
          client.get(
              "/prometheus/api/v1/query?query="
                  + Client.encoded(
                      "rollout_verdict_code{service=\"%s\",version=\"%s\"}"
                          .formatted(scene.service(), Scene.VERSION)));
      requireOk(answer);
      JsonNode result = answer.json().path("data").path("result");
      require(result.size() == 1, answer);
      double code = Double.parseDouble(result.at("/0/value/1").asText());
      return new Told(code > 0 ? Decision.GO_ON : code < 0 ? Decision.GO_BACK : Decision.WAIT, "");
    }
  };

  private static final int PASS = 95;
  private static final int MARGINAL = 75;

  /**
   * @param reason empty where the tool is told none
   */
  record Told(Decision decision, String reason) {}

  abstract Told ask(Client client, Scene scene) throws IOException, InterruptedException;

  private static Told scored(JsonNode score) {
    double value = score.path("score").asDouble(Double.NaN);
    if (!Double.isFinite(value)) {
      throw new AssertionError("no score in " + score);
    }
    return new Told(
        value >= PASS ? Decision.GO_ON : value >= MARGINAL ? Decision.WAIT : Decision.GO_BACK,
        score.path("classificationReason").asText());
  }

  private static void requireOk(Client.Answer answer) {
    require(answer.status() == 200, answer);
  }

  private static void require(boolean condition, Client.Answer answer) {
    if (!condition) {
      throw new AssertionError("not what the tool expects: " + answer);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.kayenta;

import com.fasterxml.jackson.databind.JsonNode;
import io.pkgslo.alerts.gate.ArmAnswer;
import io.pkgslo.alerts.gate.ArmQuestion;
import io.pkgslo.alerts.gate.RolloutAnswers;
import io.pkgslo.alerts.gate.http.Ask;
import io.pkgslo.alerts.gate.http.BadAsk;
import io.pkgslo.alerts.gate.http.Endpoint;
import io.pkgslo.alerts.gate.http.Reply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /judge}: Kayenta hands over its metrics and takes our verdict. The metrics carry no
 * exposure, so they are described and not judged; the verdict is the one of the release that the
 * configuration names: {@code judge.judgeConfigurations} with {@code service}, {@code version} and
 * {@code baseline}, else the first application's newest rollout.
 */
final class RemoteJudge {
  static final String JUDGE = "pkgslo";

  private final RolloutAnswers answers;

  RemoteJudge(RolloutAnswers answers) {
    this.answers = answers;
  }

  List<Endpoint> endpoints() {
    return List.of(Endpoint.ask("kayenta", KayentaGate.PATH + "/judge", this::judge));
  }

  private Reply judge(Ask ask) {
    JsonNode body = ask.object();
    if (!body.path("canaryConfig").isObject() || !body.path("metricSetPairList").isArray()) {
      throw new BadAsk("expected canaryConfig, scoreThresholds and metricSetPairList");
    }
    Thresholds thresholds = Thresholds.of(body.path("scoreThresholds"));
    ArmAnswer answer = answers.answer(question(body.path("canaryConfig")));
    List<Map<String, Object>> results = new ArrayList<>();
    for (JsonNode pair : body.path("metricSetPairList")) {
      results.add(result(pair, answer));
    }
    Map<String, Object> group =
        Map.of(
            "name", JUDGE,
            "score", thresholds.score(answer.verdict()),
            "classification", Thresholds.classification(answer.verdict()),
            "classificationReason", answer.reason());
    return Reply.ok(
        Map.of(
            "judgeName",
            JUDGE,
            "results",
            results,
            "groupScores",
            List.of(group),
            "score",
            score(answer, thresholds)));
  }

  static Map<String, Object> score(ArmAnswer answer, Thresholds thresholds) {
    return Map.of(
        "score", thresholds.score(answer.verdict()),
        "classification", Thresholds.classification(answer.verdict()),
        "classificationReason", answer.reason());
  }

  private static ArmQuestion question(JsonNode config) {
    JsonNode given = config.path("judge").path("judgeConfigurations");
    String service = Ask.text(given, "service");
    if (service == null) {
      service = config.path("applications").path(0).asText("");
    }
    if (service.isBlank()) {
      throw new BadAsk(
          "expected canaryConfig.judge.judgeConfigurations.service, or one of applications");
    }
    @Nullable String version = Ask.text(given, "version");
    return new ArmQuestion(List.of(service), version, Ask.text(given, "baseline"));
  }

  /** Kayenta's own pages read {@code stats.count} of every result and fail without it. */
  private static Map<String, Object> result(JsonNode pair, ArmAnswer answer) {
    Map<String, Object> result = new LinkedHashMap<>();
    String name = pair.path("name").asText("");
    result.put("name", name);
    result.put("id", pair.path("id").asText(name));
    result.put("tags", pair.path("tags").isObject() ? pair.path("tags") : Map.of());
    result.put(
        "classification",
        switch (answer.verdict()) {
          case PROMOTE -> "Pass";
          case ROLLBACK -> "High";
          case HOLD -> "Nodata";
        });
    result.put("classificationReason", answer.reason());
    result.put("groups", List.of(JUDGE));
    result.put("experimentMetadata", stats(pair.path("values").path("experiment")));
    result.put("controlMetadata", stats(pair.path("values").path("control")));
    result.put("resultMetadata", Map.of());
    result.put("critical", false);
    result.put("muted", false);
    return result;
  }

  /** Of the values that are numbers; Kayenta sends "NaN" for a point without data. */
  private static Map<String, Object> stats(JsonNode values) {
    int count = 0;
    double sum = 0;
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (JsonNode value : values) {
      if (value.isNumber() && Double.isFinite(value.asDouble())) {
        count++;
        sum += value.asDouble();
        min = Math.min(min, value.asDouble());
        max = Math.max(max, value.asDouble());
      }
    }
    Map<String, Object> stats = new LinkedHashMap<>();
    stats.put("count", count);
    if (count > 0) {
      stats.put("min", min);
      stats.put("max", max);
      double mean = sum / count;
      stats.put("mean", Double.isFinite(mean) ? mean : min);
    }
    return Map.of("stats", stats);
  }
}

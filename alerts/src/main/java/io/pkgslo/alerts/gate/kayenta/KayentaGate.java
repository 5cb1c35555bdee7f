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
import io.pkgslo.alerts.judge.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code /gates/kayenta}: configurations, executions and their results as Kayenta serves them. The
 * application is the service, the experiment's scope its version, the control's scope the baseline.
 * An execution is incomplete while the verdict is hold and the scope's end has not come.
 */
public final class KayentaGate {
  /** Where it is. */
  public static final String PATH = "/gates/kayenta";

  /** Id and name of the only configuration; there is nothing to configure. */
  public static final String CONFIG = "pkgslo";

  private static final String NAME = "kayenta";
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  private final RolloutAnswers answers;
  private final Clock clock;

  public KayentaGate(RolloutAnswers answers, Clock clock) {
    this.answers = answers;
    this.clock = clock;
  }

  public List<Endpoint> endpoints() {
    List<Endpoint> endpoints = new ArrayList<>();
    endpoints.add(Endpoint.get(NAME, PATH + "/canaryConfig", this::configs));
    endpoints.add(Endpoint.ask(NAME, PATH + "/canary/{id}", this::begin));
    endpoints.add(Endpoint.get(NAME, PATH + "/canary/{id}", this::result));
    endpoints.addAll(new RemoteJudge(answers).endpoints());
    return endpoints;
  }

  private Reply configs(Ask ask) {
    String application = ask.parameter("application");
    return Reply.ok(
        List.of(
            Map.of(
                "id",
                CONFIG,
                "name",
                CONFIG,
                "updatedTimestamp",
                0,
                "updatedTimestampIso",
                Instant.EPOCH.toString(),
                "applications",
                application == null ? List.of() : List.of(application))));
  }

  private Reply begin(Ask ask) {
    if (!ask.path("id").equals(CONFIG)) {
      return Reply.error(404, "there is no configuration but " + CONFIG);
    }
    String application = ask.parameter("application");
    if (application == null) {
      throw new BadAsk("expected the parameter application, the name of the service");
    }
    JsonNode body = ask.object();
    Thresholds thresholds = Thresholds.of(body.path("thresholds"));
    List<Execution.Arms> arms = new ArrayList<>();
    List<String> services = List.of(application);
    long untilMillis = 0;
    for (JsonNode scope : body.path("scopes")) {
      JsonNode experiment = scope.path("experimentScope");
      String version = Ask.text(experiment, "scope");
      if (version == null) {
        throw new BadAsk("expected experimentScope.scope, the version of the canary");
      }
      arms.add(new Execution.Arms(version, Ask.text(scope.path("controlScope"), "scope")));
      services =
          ArmQuestion.ofWorkload(Ask.text(experiment, "location"), application, null).services();
      untilMillis = Math.max(untilMillis, end(experiment));
    }
    if (arms.isEmpty()) {
      throw new BadAsk("expected scopes with one scope or more");
    }
    Execution execution =
        new Execution(services, arms, thresholds.pass(), thresholds.marginal(), untilMillis);
    return Reply.ok(Map.of("canaryExecutionId", execution.id()));
  }

  private long end(JsonNode scope) {
    String end = Ask.text(scope, "end");
    if (end == null) {
      return 0;
    }
    try {
      long latest = clock.millis() + LONGEST_WAIT.toMillis();
      return Math.min(latest, Instant.parse(end).toEpochMilli());
    } catch (DateTimeParseException | ArithmeticException e) {
      throw new BadAsk("end: expected a time such as 2026-01-02T03:04:05Z");
    }
  }

  private Reply result(Ask ask) {
    Execution execution = Execution.ofId(ask.path("id"));
    Thresholds thresholds = execution.thresholds();
    ArmAnswer gravest =
        execution.questions().stream()
            .map(answers::answer)
            .min(Comparator.comparingInt(answer -> answer.verdict().code()))
            .orElseThrow();
    boolean complete =
        gravest.verdict() != Verdict.HOLD || clock.millis() >= execution.untilMillis();
    return Reply.ok(complete ? completed(gravest, thresholds) : running(gravest));
  }

  private static Map<String, Object> running(ArmAnswer answer) {
    return Map.of(
        "complete",
        false,
        "status",
        "running",
        "stageStatus",
        Map.of("judgeCanary", "running"),
        "reason",
        answer.reason());
  }

  private static Map<String, Object> completed(ArmAnswer answer, Thresholds thresholds) {
    @Nullable String decisionId = answer.decisionId();
    return Map.of(
        "complete",
        true,
        "status",
        "succeeded",
        "stageStatus",
        Map.of("judgeCanary", "succeeded"),
        "reason",
        answer.reason(),
        "decisionId",
        decisionId == null ? "none" : decisionId,
        "result",
        Map.of("judgeResult", judgeResult(answer, thresholds)));
  }

  private static Map<String, Object> judgeResult(ArmAnswer answer, Thresholds thresholds) {
    return Map.of(
        "judgeName", RemoteJudge.JUDGE,
        "results", List.of(),
        "groupScores", List.of(),
        "score", RemoteJudge.score(answer, thresholds));
  }
}

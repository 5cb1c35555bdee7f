// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pkgslo.broker.EmbeddedKafka;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Objective files, through the running application, into a real Prometheus: over HTTP, by the file
 * that is renamed into its directory, and by the call to reload. Then the files break, while the
 * application runs and while it is down.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class LiveRulesIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final String SLO =
      """
      apiVersion: openslo/v1
      kind: SLO
      metadata: {name: %s}
      spec:
        service: shop
        indicator:
          spec:
            ratioMetric:
              bad: &calls {metricSource: {type: pkgslo, spec: {sli: latency, threshold: 200ms}}}
              total: *calls
        timeWindow: [{duration: 30d, isRolling: true}]
        budgetingMethod: Occurrences
        objectives: [{target: %s}]
      """;

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final ObjectMapper json = new ObjectMapper();
  private final Running running = new Running();

  @TempDir Path dir;

  @AfterEach
  void stop() throws Exception {
    running.close();
  }

  @Test
  void rulesInForce_areServedAndRunByPrometheus() throws Exception {
    Tool.assume(Tool.PROMETHEUS, "prometheus");
    EmbeddedKafka kafka = running.add(EmbeddedKafka.start(dir.resolve("kafka")));
    Path slo = Files.createDirectories(dir.resolve("slo")).resolve("shop.yaml");
    Files.writeString(slo, SLO.formatted("first", "0.99"));
    Tool prometheus = prometheus();
    Application application = application(kafka, prometheus);
    URI api = api(application);

    await("its rules in Prometheus")
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> groups(prometheus).contains("pkgslo-slo-first"));
    assertThat(ask(api, "api/v1/rules").statusCode()).isEqualTo(200);
    assertThat(ask(api, "api/v1/rules").headers().firstValue("content-type").orElse(""))
        .startsWith("application/yaml");
    assertThat(ask(api, "api/v1/rules").body()).isEqualTo(Files.readString(file()));
    assertThat(groups(prometheus))
        .containsExactlyInAnyOrderElementsOf(groupNames(Files.readString(file())));
    assertThat(ask(api, "api/v1/rules?kind=prometheusrule").body())
        .contains("apiVersion: monitoring.coreos.com/v1", "kind: PrometheusRule")
        .contains("name: pkgslo-slo-first");
    HttpResponse<String> other = ask(api, "api/v1/rules?kind=other");
    assertThat(other.statusCode()).isEqualTo(400);
    assertThat(other.body()).contains("expected kind file or prometheusrule");

    Files.writeString(slo, SLO.formatted("second", "0.95"));
    await("the next rules in Prometheus")
        .atMost(PATIENCE)
        .until(() -> groups(prometheus).contains("pkgslo-slo-second"));
    assertThat(groups(prometheus)).doesNotContain("pkgslo-slo-first");
    assertThat(ask(api, "api/v1/rules").body()).isEqualTo(Files.readString(file()));
    try (var files = Files.list(file().getParent())) {
      assertThat(files).as("nothing half written").containsExactly(file());
    }

    Files.writeString(slo, SLO.formatted("second", "1"));
    await("the broken file is told of").atMost(PATIENCE).until(() -> !problem(api).isEmpty());
    assertThat(problem(api)).contains("shop.yaml:13:25: target is '1'");
    String inForce = ask(api, "api/v1/rules").body();
    assertThat(inForce).contains("pkgslo-slo-second");

    application.close();
    Application next = application(kafka, prometheus);
    URI again = api(next);

    await("its answer").atMost(PATIENCE).until(() -> !problem(again).isEmpty());
    assertThat(problem(again)).contains("shop.yaml:13:25: target is '1'");
    await("the last valid set is read back, until then there are no rules and no answer")
        .atMost(PATIENCE)
        .until(() -> ask(again, "api/v1/rules").statusCode() != 503);
    assertThat(ask(again, "api/v1/rules").body()).isEqualTo(inForce);
    assertThat(ask(again, "metrics").body()).contains("pkgslo_objective_files_current 0.0");

    Files.writeString(slo, SLO.formatted("third", "0.95"));
    await("mended").atMost(PATIENCE).until(() -> groups(prometheus).contains("pkgslo-slo-third"));
    await("health").atMost(PATIENCE).until(() -> problem(again).isEmpty());
    next.awaitBalance();
  }

  private Path file() {
    return dir.resolve("rules").resolve("pkgslo-rules.yaml");
  }

  private Application application(EmbeddedKafka kafka, Tool prometheus) throws IOException {
    return running.add(
        Application.up(
            kafka.bootstrapServers(),
            dir,
            Tool.freePort(),
            Map.of(
                "PKGSLO_ALERTS_OBJECTIVES", dir.resolve("slo").toString(),
                "PKGSLO_ALERTS_OBJECTIVES_INTERVAL", "1s",
                "PKGSLO_ALERTS_RULES_DIRECTORY", dir.resolve("rules").toString(),
                "PKGSLO_ALERTS_RULES_RELOAD_URL", prometheus.base().resolve("-/reload").toString(),
                "PKGSLO_ALERTS_RULES_RETRY", "1s")));
  }

  private static URI api(Application application) {
    await("health").atMost(PATIENCE).until(() -> application.address("health") != null);
    return application.address("health").resolve("/");
  }

  private Tool prometheus() throws IOException {
    Files.createDirectories(dir.resolve("rules"));
    return running.add(
        Tool.prometheus(
            dir,
            Tool.freePort(),
            """
            global: {evaluation_interval: 1s}
            rule_files: [rules/*.yaml]
            """,
            "--web.enable-lifecycle"));
  }

  private List<String> groups(Tool prometheus) throws Exception {
    List<String> names = new ArrayList<>();
    for (JsonNode group : json.readTree(prometheus.ask("api/v1/rules")).at("/data/groups")) {
      names.add(group.path("name").asText());
    }
    return names;
  }

  private static List<String> groupNames(String rules) {
    return Pattern.compile("^ *- name: \"?([a-z0-9-]+)", Pattern.MULTILINE)
        .matcher(rules)
        .results()
        .map(match -> match.group(1))
        .toList();
  }

  /** What health says about the objective files; empty while they are in force. */
  private String problem(URI api) throws Exception {
    for (JsonNode check : json.readTree(ask(api, "q/health").body()).path("checks")) {
      if (check.path("name").asText().equals("objectives")) {
        return check.path("data").path("problem").asText();
      }
    }
    return "";
  }

  private HttpResponse<String> ask(URI api, String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(api.resolve(path)).timeout(TIMEOUT).build(),
        BodyHandlers.ofString());
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pkgslo.broker.EmbeddedKafka;
import io.pkgslo.platform.KafkaSettings;
import io.pkgslo.standalone.recording.RecordingMetadata;
import io.pkgslo.standalone.recording.RecordingMetadata.Expected;
import io.pkgslo.standalone.recording.RecordingReader;
import io.pkgslo.standalone.recording.Replayer;
import io.pkgslo.standalone.recording.TimeShift;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The recorded fault, through the application, a real Prometheus with the rules that it publishes,
 * and a real Alertmanager with the example that is shipped, to somebody who is paged.
 */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class PagingIT {
  private static final Path RECORDING = Path.of("..", "recording", "faulty.pkgrec");
  private static final Path EXAMPLE = Path.of("..", "alertmanager", "alertmanager.yml");
  private static final String ALERTMANAGER = "prometheus-alertmanager";
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** The fault is inside of the short window for a minute and a half more, then it has ended. */
  private static final long END_BEFORE_NOW_MILLIS = 210_000;

  private static final Pattern COUNTS =
      Pattern.compile("seen: ([0-9]+) bad \\(panics\\) of ([0-9]+); objective 99.997%");
  private static final Pattern BURN = Pattern.compile(" at ([0-9.]+) times the sustainable rate");

  private final ObjectMapper json = new ObjectMapper();
  private final Clock clock = Clock.systemUTC();
  private final Running running = new Running();

  @TempDir Path dir;

  @AfterEach
  void stop() throws Exception {
    running.close();
  }

  @Test
  void fault_pagesAndResolves() throws Exception {
    Tool.assume(Tool.PROMETHEUS, "prometheus");
    Tool.assume(ALERTMANAGER, "prometheus-alertmanager");
    EmbeddedKafka kafka = running.add(EmbeddedKafka.start(dir.resolve("kafka")));
    Expected expected = replay(kafka.bootstrapServers());
    Webhook webhook = running.add(new Webhook());
    int port = Tool.freePort();
    Tool alertmanager = alertmanager(webhook);
    Tool prometheus = prometheus(port, alertmanager);
    Application application =
        running.add(
            Application.up(
                kafka.bootstrapServers(),
                dir,
                port,
                Map.of(
                    "PKGSLO_ALERTS_RULES_DIRECTORY",
                    dir.resolve("rules").toString(),
                    "PKGSLO_ALERTS_RULES_RELOAD_URL",
                    prometheus.base().resolve("-/reload").toString(),
                    "PKGSLO_ALERTS_RULES_RETRY",
                    "1s")));
    await("OTLP").atMost(PATIENCE).until(() -> application.address("otlp/http") != null);
    traffic(application, expected, expected.version());
    traffic(application, expected, expected.baseline());

    await("a page")
        .atMost(PATIENCE)
        .until(() -> webhook.first("firing", l -> is(l, expected)) != null);
    checkPage(
        Objects.requireNonNull(webhook.first("firing", l -> is(l, expected))),
        expected,
        prometheus);
    checkRules(prometheus);
    checkDashboards(prometheus, expected);
    await("its end")
        .atMost(PATIENCE)
        .until(() -> webhook.first("resolved", l -> is(l, expected)) != null);
    application.awaitBalance();
  }

  private Expected replay(String bootstrap) throws IOException {
    try (RecordingReader reader = RecordingReader.open(RECORDING)) {
      RecordingMetadata metadata = reader.metadata();
      TimeShift shift =
          new TimeShift(clock.millis() - END_BEFORE_NOW_MILLIS - metadata.endMillis());
      new Replayer(KafkaSettings.of(bootstrap)).replay(reader, shift, (sent, total) -> {});
      return Objects.requireNonNull(metadata.expected());
    }
  }

  private void traffic(Application application, Expected expected, String version) {
    LiveTraffic traffic =
        running.add(
            new LiveTraffic(
                Objects.requireNonNull(application.address("otlp/http")),
                expected.service(),
                version,
                Objects.requireNonNull(expected.packageName()),
                clock));
    traffic.start();
  }

  /** The shipped example, but in a hurry and with a receiver. */
  private Tool alertmanager(Webhook webhook) throws IOException {
    String config =
        Files.readString(EXAMPLE)
            .replace("group_wait: 10s", "group_wait: 1s")
            .replace("group_interval: 5m", "group_interval: 1s")
            .replace(
                "  - name: pager\n",
                "  - name: pager\n    webhook_configs:\n      - url: "
                    + webhook.address()
                    + "\n        send_resolved: true\n");
    Files.writeString(dir.resolve("alertmanager.yml"), config);
    return running.add(
        Tool.start(
            dir,
            Tool.freePort(),
            List.of(
                ALERTMANAGER,
                "--config.file=alertmanager.yml",
                "--storage.path=alertmanager",
                "--cluster.listen-address=")));
  }

  private Tool prometheus(int target, Tool alertmanager) throws IOException {
    Files.createDirectories(dir.resolve("rules"));
    String config =
        """
        global: {scrape_interval: 1s, evaluation_interval: 1s}
        rule_files: [rules/pkgslo-rules.yaml]
        alerting:
          alertmanagers: [{static_configs: [{targets: ["%s"]}]}]
        scrape_configs:
          - job_name: pkgslo
            static_configs: [{targets: ["127.0.0.1:%d"]}]
        """
            .formatted(alertmanager.base().getAuthority(), target);
    return running.add(Tool.prometheus(dir, Tool.freePort(), config, "--web.enable-lifecycle"));
  }

  private static boolean is(JsonNode labels, Expected expected) {
    return labels.path("alertname").asText().equals("SloErrorBudgetBurn")
        && labels.path("slo").asText().equals("panic-rate")
        && labels.path("tier").asText().equals("1h")
        && labels.path("version").asText().equals(expected.version());
  }

  private void checkPage(JsonNode alert, Expected expected, Tool prometheus) throws Exception {
    Map<?, ?> labels = json.convertValue(alert.path("labels"), Map.class);
    assertThat(labels)
        .isEqualTo(
            Map.of(
                "alertname", "SloErrorBudgetBurn",
                "severity", "page",
                "slo", "panic-rate",
                "tier", "1h",
                "service", expected.service(),
                "version", expected.version(),
                "package", Objects.requireNonNull(expected.packageName())));
    String description = alert.path("annotations").path("description").asText();
    Matcher counts = COUNTS.matcher(description);
    assertThat(counts.find()).as(description).isTrue();
    String subject =
        "{slo=\"panic-rate\",version=\"%s\",package=\"%s\"}"
            .formatted(expected.version(), expected.packageName());
    assertThat(Double.parseDouble(counts.group(1)))
        .isEqualTo(value(prometheus, "slo_bad_events_total" + subject))
        .isPositive();
    assertThat(Double.parseDouble(counts.group(2)))
        .isPositive()
        .isLessThanOrEqualTo(value(prometheus, "slo_valid_events_total" + subject));
    assertThat(description).contains("nothing of the budget is left");
    // The page may go out before the rollout is known; the alert tells of it as soon as it is.
    await("the newest version in the alert")
        .atMost(PATIENCE)
        .until(
            () ->
                prometheus
                    .ask("api/v1/alerts")
                    .contains(" Rolled out last: " + expected.version() + "."));
    Matcher burn = BURN.matcher(alert.path("annotations").path("summary").asText());
    assertThat(burn.find()).isTrue();
    assertThat(Double.parseDouble(burn.group(1))).isGreaterThan(13.44);
    assertThat(alert.path("annotations").path("link").asText()).startsWith("http");
  }

  /** What the application published is what Prometheus runs, and runs without an error. */
  private void checkRules(Tool prometheus) throws Exception {
    JsonNode groups = json.readTree(prometheus.ask("api/v1/rules")).path("data").path("groups");
    List<String> broken = new ArrayList<>();
    int rules = 0;
    for (JsonNode group : groups) {
      for (JsonNode rule : group.path("rules")) {
        rules++;
        if (rule.path("health").asText().equals("err")) {
          broken.add(rule.path("name").asText() + ": " + rule.path("lastError").asText());
        }
      }
    }
    assertThat(rules).isGreaterThan(30);
    assertThat(broken).isEmpty();
  }

  private void checkDashboards(Tool prometheus, Expected expected) throws Exception {
    List<DashboardPanels.Query> queries =
        DashboardPanels.queries(
            Map.of("service", expected.service(), "version", expected.version(), "package", ".+"));
    assertThat(queries).hasSizeGreaterThan(50);
    await("data in all panels")
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofSeconds(3))
        .untilAsserted(
            () -> {
              List<DashboardPanels.Query> empty = new ArrayList<>();
              for (DashboardPanels.Query query : queries) {
                if (result(prometheus, withoutFilter(query.expr())).isEmpty()) {
                  empty.add(query);
                }
              }
              assertThat(empty).isEmpty();
            });
  }

  /** A panel that shows what is above 0 has data when there is something to compare. */
  private static String withoutFilter(String expr) {
    return expr.replaceFirst("( > 0| == 1| <= 0)(\\)?)$", "$2");
  }

  private double value(Tool prometheus, String expr) throws Exception {
    JsonNode result = result(prometheus, "sum(" + expr + ")");
    assertThat(result.size()).as(expr).isEqualTo(1);
    return result.get(0).path("value").get(1).asDouble();
  }

  private JsonNode result(Tool prometheus, String expr) throws Exception {
    String query = URLEncoder.encode(expr, StandardCharsets.UTF_8);
    return json.readTree(prometheus.ask("api/v1/query?query=" + query)).path("data").path("result");
  }
}

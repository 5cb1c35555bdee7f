// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.pkgslo.alerts.objective.Alerting;
import io.pkgslo.alerts.objective.Budgeting;
import io.pkgslo.alerts.objective.BurnTier;
import io.pkgslo.alerts.objective.Notes;
import io.pkgslo.alerts.objective.PackageSli;
import io.pkgslo.alerts.objective.Severity;
import io.pkgslo.alerts.objective.Slo;
import io.pkgslo.alerts.rule.RuleFile;
import io.pkgslo.testing.NothingReceived;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What native rules cost a real Prometheus: two samples per rule and objective, and less than a
 * second for one evaluation of all rules of a thousand objectives, one after the other, also where
 * no two of them have a target, a burn rate or an owner in common.
 */
class RuleCostIT {
  private static final int OBJECTIVES = Integer.getInteger("pkgslo.rules.objectives", 1_000);

  /**
   * How many different targets, budget shares and owners there are; with as many as objectives, no
   * two have a burn rate in common.
   */
  private static final int TERMS = Integer.getInteger("pkgslo.rules.terms", OBJECTIVES);

  private static final int INTERVAL_SECONDS = 5;

  private static final Pattern SLOS = Pattern.compile("slo=~?\"([^\"]+)\"");

  private static final List<Duration> PERIODS =
      List.of(Duration.ofDays(28), Duration.ofDays(30), Duration.ofDays(90));
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final double MOST_SECONDS = 1;
  private static final String DURATIONS = "sum(prometheus_rule_group_last_duration_seconds)";

  /** Of rules that are not shared, every so manieth is looked at. */
  private static final int LOOKED_AT = 101;

  private final ObjectMapper json = new ObjectMapper();
  private final Running running = new Running();

  @TempDir Path dir;

  @AfterEach
  void stop() throws Exception {
    running.close();
  }

  @Test
  @NothingReceived("our rules run in Prometheus, over series that no part of pkgslo makes")
  void rules_readTwoSamplesAndTakeLessThanASecond() throws Exception {
    Tool.assume(Tool.PROMETHEUS, "prometheus");
    String rules = RuleFile.of(objectives());
    Files.writeString(dir.resolve("rules.yaml"), rules);
    Tool prometheus = prometheus(metrics());
    await("all rules evaluated")
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> evaluated(prometheus));

    // Whatever else the machine does only adds to the cost, so the least of some turns is nearest.
    String turns = "[" + 3 * INTERVAL_SECONDS + "s:" + INTERVAL_SECONDS + "s]";
    double seconds = number(prometheus, "min_over_time(" + DURATIONS + turns + ")");
    double processor =
        INTERVAL_SECONDS
            * number(prometheus, "rate(process_cpu_seconds_total[" + 3 * INTERVAL_SECONDS + "s])");
    System.out.printf(
        "%d objectives, %.0f rules in %d kB: one evaluation takes %.3f s; %.3f s of processor time"
            + " per turn with the scrapes beside it%n",
        OBJECTIVES,
        number(prometheus, "sum(prometheus_rule_group_rules)"),
        rules.length() / 1_000,
        seconds,
        processor);
    assertThat(seconds).isPositive();
    // Where others keep the processors busy, the clock runs and an evaluation waits.
    assertThat(Math.min(seconds, processor)).isLessThan(MOST_SECONDS);
    Set<String> expressions = expressions(prometheus);
    assertThat(expressions).hasSizeGreaterThanOrEqualTo(9);
    for (String expr : expressions) {
      int samples = samples(prometheus, expr);
      assertThat(samples).as(expr).isBetween(objectivesOf(expr), 2 * objectivesOf(expr));
    }
  }

  private static List<Slo> objectives() {
    List<Slo> slos = new ArrayList<>();
    for (int i = 0; i < OBJECTIVES; i++) {
      int terms = i % TERMS;
      slos.add(
          new Slo(
              "objective-" + i,
              "Objective " + i,
              PackageSli.of(Slo.Sli.AVAILABILITY, "shop/service-" + i, "*", null),
              new BigDecimal("0.99").add(BigDecimal.valueOf(terms, 6)),
              PERIODS.get(terms % PERIODS.size()),
              null,
              Budgeting.OCCURRENCES,
              Alerting.of(tiers(BigDecimal.valueOf(terms, 6))),
              List.of(),
              new Notes("shop", null, "team-" + terms, null, Map.of(), Map.of())));
    }
    return slos;
  }

  /** The usual windows with shares of the budget of their own. */
  private static List<BurnTier> tiers(BigDecimal more) {
    return List.of(
        BurnTier.of(new BigDecimal("0.02").add(more), Duration.ofHours(1), Severity.PAGE),
        BurnTier.of(new BigDecimal("0.05").add(more), Duration.ofHours(6), Severity.PAGE),
        BurnTier.of(new BigDecimal("0.1").add(more), Duration.ofDays(1), Severity.TICKET),
        BurnTier.of(new BigDecimal("0.1").add(more), Duration.ofDays(3), Severity.TICKET));
  }

  /** How many objectives a rule is for; 0 for what is about none. */
  private static int objectivesOf(String expr) {
    Matcher slos = SLOS.matcher(expr);
    return slos.find() ? slos.group(1).split("\\|").length : 0;
  }

  /** What the analyzer shows of one quiet subject of each objective. */
  private int metrics() throws IOException {
    StringBuilder text = new StringBuilder();
    text.append("pkgslo_heartbeat_seconds{stage=\"analyzer\"} ");
    text.append(Clock.systemUTC().millis() / 1000).append('\n');
    for (int i = 0; i < OBJECTIVES; i++) {
      String id = "slo=\"objective-" + i + "\"";
      String subject =
          id + ",service=\"shop/service-" + i + "\",version=\"v1\",package=\"github.com/acme/a\"";
      line(text, "slo_info", id, 1);
      line(text, "slo_valid_events_total", subject, 1e6);
      line(text, "slo_bad_events_total", subject, 10);
      line(text, "slo_no_data", subject, 0);
      line(text, "slo_error_budget_consumed_ratio", subject, 0.01);
      for (String window : List.of("5m", "30m", "1h", "2h", "6h", "1d", "3d", "30d")) {
        line(text, "slo_burn_rate", subject + ",window=\"" + window + "\"", 0.01);
      }
    }
    byte[] body = text.toString().getBytes(StandardCharsets.UTF_8);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/metrics",
        exchange -> {
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    running.add(() -> server.stop(0));
    return server.getAddress().getPort();
  }

  private static void line(StringBuilder text, String name, String labels, double value) {
    text.append(name).append('{').append(labels).append("} ").append(value).append('\n');
  }

  private Tool prometheus(int target) throws IOException {
    int port = Tool.freePort();
    String config =
        """
        global: {scrape_interval: %ds, evaluation_interval: %ds}
        rule_files: [rules.yaml]
        scrape_configs:
          - job_name: pkgslo
            static_configs: [{targets: ["127.0.0.1:%d"]}]
          - job_name: self
            static_configs: [{targets: ["127.0.0.1:%d"]}]
        """
            .formatted(Math.max(1, INTERVAL_SECONDS / 2), INTERVAL_SECONDS, target, port);
    return running.add(Tool.prometheus(dir, port, config));
  }

  /** Often enough for a rate; the first turn of a group may precede the first scrape. */
  private boolean evaluated(Tool prometheus) throws Exception {
    return number(prometheus, "min(prometheus_rule_group_iterations_total)") >= 5
        && number(prometheus, "count(slo_burn_rate)") == 8.0 * OBJECTIVES;
  }

  /** Of all rules that objectives share, and of some others. */
  private Set<String> expressions(Tool prometheus) throws Exception {
    Set<String> expressions = new TreeSet<>();
    int place = 0;
    for (JsonNode group : json.readTree(prometheus.ask("api/v1/rules")).at("/data/groups")) {
      if (!group.path("name").asText().startsWith("pkgslo-slo")) {
        continue;
      }
      for (JsonNode rule : group.path("rules")) {
        assertThat(rule.path("health").asText()).as("%s", rule).isEqualTo("ok");
        String expr = rule.path("query").asText();
        if (expr.contains("slo=~") || place++ % LOOKED_AT == 0) {
          expressions.add(expr);
        }
      }
    }
    return expressions;
  }

  private double number(Tool prometheus, String expr) throws Exception {
    return query(prometheus, expr).at("/data/result/0/value/1").asDouble();
  }

  private int samples(Tool prometheus, String expr) throws Exception {
    return query(prometheus, expr).at("/data/stats/samples/totalQueryableSamples").asInt(-1);
  }

  private JsonNode query(Tool prometheus, String expr) throws Exception {
    String encoded = URLEncoder.encode(expr, StandardCharsets.UTF_8);
    return json.readTree(prometheus.ask("api/v1/query?stats=all&query=" + encoded));
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.prometheus;

import static io.pkgslo.alerts.gate.TestRollouts.NOW;
import static io.pkgslo.alerts.gate.TestRollouts.SERVICE;
import static io.pkgslo.alerts.gate.TestRollouts.rollout;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pkgslo.alerts.gate.RunningGates;
import io.pkgslo.alerts.gate.RunningGates.Answer;
import io.pkgslo.model.FixedPoint;
import io.pkgslo.model.wire.BurnRate;
import io.pkgslo.model.wire.SloState;
import io.pkgslo.model.wire.SubjectState;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests as Flagger's provider, client_golang (Argo) and Grafana make them. */
class PrometheusGateTest {
  private static final String QUERY = "/prometheus/api/v1/query";
  private static final String V2 = "{service=\"shop/checkout\",version=\"v2\"}";

  private final RunningGates gates = new RunningGates();

  @AfterEach
  void stop() {
    gates.close();
  }

  /** Flagger asks this before anything else, and expects 1. */
  @Test
  void vectorOne_isOne() {
    JsonNode json = query("vector(1)").json();

    assertThat(json.path("status").asText()).isEqualTo("success");
    assertThat(json.path("data").path("resultType").asText()).isEqualTo("vector");
    assertThat(json.path("data").path("result")).hasSize(1);
    JsonNode value = json.path("data").path("result").path(0).path("value");
    assertThat(value.path(0).isNumber()).isTrue();
    assertThat(value.path(1).isTextual()).isTrue();
    assertThat(value.path(1).asText()).isEqualTo("1");
  }

  /** Grafana's health check. */
  @Test
  void arithmetic_isComputed() {
    JsonNode data = gates.get(QUERY + "?query=1%2B1&time=4").json().path("data");

    assertThat(data.path("resultType").asText()).isEqualTo("scalar");
    assertThat(data.path("result").path(0).asDouble()).isEqualTo(4);
    assertThat(data.path("result").path(1).asText()).isEqualTo("2");
    assertThat(gates.get("/prometheus/api/v1/status/buildinfo").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"promote, 1", "hold, 0", "rollback, -1"})
  void code_isOneSeries(String verdict, String code) {
    gates.fresh().with(rollout(verdict));

    assertThat(only("rollout_verdict_code" + V2)).isEqualTo(code);
    assertThat(
            only(
                "rollout_verdict{service=\"shop/checkout\",version=\"v2\",verdict=\""
                    + verdict
                    + "\"}"))
        .isEqualTo("1");
  }

  @Test
  void unknownArm_isHold_andSaysThatItIsNotSufficient() {
    gates.fresh();

    assertThat(only("rollout_verdict_code" + V2)).isEqualTo("0");
    assertThat(only("rollout_evidence_sufficient" + V2)).isEqualTo("0");
  }

  @Test
  void stale_isHold_andShowsNoSli() {
    gates.fresh().with(rollout("promote")).with(subject());
    assertThat(only("rollout_verdict_code" + V2)).isEqualTo("1");
    assertThat(only("go_package_panics_total" + V2)).isEqualTo("8");

    gates.clock.move(Duration.ofSeconds(30));

    assertThat(only("rollout_verdict_code" + V2)).isEqualTo("0");
    assertThat(query("go_package_panics_total" + V2).json().path("data").path("result")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "slo_burn_rate{service=\"shop/checkout\",window=\"1h\"}|14.4",
        "slo_error_budget_remaining_ratio{slo='panics'}|-0.25",
        "go_package_calls_total{package=~\"git.+/pricing\"}|380.5",
        "{__name__=\"go_package_panics_total\", service!=\"x\"}|8",
        "sum(go_package_calls_total)|380.5",
        "max(rollout_verdict_code) or vector(0)|0",
        "(vector(-2))|-2"
      })
  void expression_hasItsValue(String expression, String value) {
    gates.fresh().with(subject());

    assertThat(only(expression)).isEqualTo(value);
  }

  /** client_golang sends a form, and falls back to GET where that is refused. */
  @Test
  void form_isRead() {
    gates.fresh().with(rollout("promote"));
    String form =
        "query=" + encoded("rollout_verdict_code" + V2) + "&time=" + NOW.getEpochSecond() + ".123";

    Answer answer =
        gates.send("POST", QUERY, form, "Content-Type", "application/x-www-form-urlencoded");

    assertThat(answer.status()).isEqualTo(200);
    JsonNode value = answer.json().path("data").path("result").path(0).path("value");
    assertThat(value.path(0).asDouble()).isEqualTo(NOW.getEpochSecond() + 0.123);
    assertThat(value.path(1).asText()).isEqualTo("1");
  }

  @ParameterizedTest
  @CsvSource({
    "-292000000-01-01T00:00:00Z, 2026-01-02T03:04:05Z",
    "2026-01-02T03:04:05Z, %2B292000000-01-01T00:00:00Z"
  })
  void timeOutOfRange_isRefused(String start, String end) {
    gates.fresh().with(rollout("promote"));

    Answer answer =
        gates.get(QUERY + "_range?query=vector(1)&step=15s&start=" + start + "&end=" + end);

    assertThat(answer.status()).isEqualTo(400);
  }

  @Test
  void range_hasTheValueOfNow_andNoHistory() {
    gates.fresh().with(rollout("promote"));
    long now = NOW.getEpochSecond();

    JsonNode data = range("rollout_verdict_code" + V2, now - 300, now, "15s");
    assertThat(data.path("resultType").asText()).isEqualTo("matrix");
    assertThat(data.path("result").path(0).path("values")).hasSize(1);
    assertThat(data.path("result").path(0).path("values").path(0).path(1).asText()).isEqualTo("1");
    assertThat(range("rollout_verdict_code" + V2, now - 9000, now - 8000, "15").path("result"))
        .isEmpty();
    assertThat(range("vector(1)", now - 60, now, "30").path("result").path(0).path("values"))
        .hasSize(3);
  }

  @Test
  void longAgo_hasNoSeries() {
    gates.fresh().with(rollout("promote"));

    JsonNode json =
        gates.get(QUERY + "?time=4&query=" + encoded("rollout_verdict_code" + V2)).json();
    assertThat(json.path("data").path("result")).isEmpty();
  }

  @Test
  void labels_andSeries_areListed() {
    gates.fresh().with(rollout("promote")).with(subject());

    assertThat(gates.get("/prometheus/api/v1/labels").json().path("data").toString())
        .contains("\"__name__\"", "\"service\"", "\"verdict\"");
    assertThat(gates.get("/prometheus/api/v1/label/service/values").json().path("data").toString())
        .isEqualTo("[\"shop/checkout\"]");
    assertThat(gates.get("/prometheus/api/v1/label/__name__/values").json().path("data").toString())
        .contains("rollout_verdict_code", "slo_burn_rate");
    JsonNode series =
        gates.get("/prometheus/api/v1/series?match[]=" + encoded("slo_burn_rate")).json();
    assertThat(series.path("data").path(0).path("window").asText()).isEqualTo("1h");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "(",
        "up{",
        "up{service}",
        "up{service=~\"(\"}",
        "{}",
        "rate(go_package_calls_total[5m])",
        "rollout_verdict_code == 1",
        "1/0",
        "vector(1)+1",
        "sum(1)",
        "vector(1) vector(1)",
        "\"text\"",
        "up{service=\"\\q\"}"
      })
  void whatIsNotServed_isAnErrorInPrometheusForm(String expression) {
    gates.fresh().with(rollout("promote"));

    Answer answer = query(expression);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("status").asText()).isEqualTo("error");
    assertThat(answer.json().path("errorType").asText()).isEqualTo("bad_data");
    assertThat(answer.json().path("error").asText()).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "start=1&end=2",
        "start=2&end=1&step=1",
        "start=0&end=99999999&step=1",
        "start=0&end=1&step=0",
        "start=x&end=1&step=1",
        "start=0&end=1&step=-5s",
        "start=NaN&end=1&step=1"
      })
  void malformedRange_isRefused(String times) {
    assertThat(gates.get("/prometheus/api/v1/query_range?query=vector(1)&" + times).status())
        .isEqualTo(400);
  }

  @Test
  void nesting_isLimited() {
    assertThat(query("(".repeat(500) + "1" + ")".repeat(500)).status()).isEqualTo(400);
  }

  /** The pattern needs 2^40 steps on a name of 40 letters. */
  @Test
  void hostilePattern_endsSoon() {
    gates.fresh().with(rollout("r", "a".repeat(40), "v2", "promote", NOW, null));

    assertThat(query("rollout_verdict_code{service=~\"((a+)+)\\\\1c\"}").status()).isEqualTo(400);
  }

  private String only(String expression) {
    Answer answer = query(expression);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.json().path("data").path("result")).as(answer.body()).hasSize(1);
    return answer.json().path("data").path("result").path(0).path("value").path(1).asText();
  }

  private Answer query(String expression) {
    return gates.get(QUERY + "?query=" + encoded(expression));
  }

  private JsonNode range(String expression, long start, long end, String step) {
    return gates
        .get(
            "/prometheus/api/v1/query_range?query="
                + encoded(expression)
                + "&start="
                + start
                + "&end="
                + end
                + "&step="
                + step)
        .json()
        .path("data");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static SubjectState subject() {
    return SubjectState.newBuilder()
        .setService(SERVICE)
        .setVersion("v2")
        .setPackage("github.com/acme/shop/pricing")
        .setCalls(380 * FixedPoint.ONE + FixedPoint.ONE / 2)
        .setPanics(8 * FixedPoint.ONE)
        .addSlo(
            SloState.newBuilder()
                .setSlo("panics")
                .setBudgetRemaining(-0.25)
                .addBurnRate(BurnRate.newBuilder().setWindow("1h").setBurnRate(14.4))
                .addBurnRate(
                    BurnRate.newBuilder().setWindow("6h").setBurnRate(Double.POSITIVE_INFINITY)))
        .build();
  }
}

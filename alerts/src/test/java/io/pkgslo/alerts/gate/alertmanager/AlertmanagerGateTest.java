// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.alerts.gate.RunningGates;
import io.pkgslo.alerts.gate.RunningGates.Answer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Notifications as notify/webhook of Alertmanager sends them. */
class AlertmanagerGateTest {
  private static final String PATH = "/gates/alertmanager";

  private RunningGates gates = new RunningGates();

  @AfterEach
  void stop() {
    gates.close();
  }

  @Test
  void firingAlert_isShown_once() {
    assertThat(news(alert("f1", "firing", "2026-01-02T03:00:00Z"))).isEqualTo(1);
    assertThat(news(alert("f1", "firing", "2026-01-02T03:00:00Z"))).isZero();

    assertThat(gates.get(PATH).json().path("alerts")).hasSize(1);
    assertThat(gates.get(PATH + "?service=shop").json().path("alerts")).hasSize(1);
    assertThat(gates.get(PATH + "?service=other").json().path("alerts")).isEmpty();
  }

  @Test
  void resolvedAlert_isGone_andARepetitionDoesNotBringItBack() {
    news(alert("f1", "firing", "2026-01-02T03:00:00Z"));
    assertThat(news(alert("f1", "resolved", "2026-01-02T03:00:00Z"))).isEqualTo(1);
    assertThat(news(alert("f1", "firing", "2026-01-02T03:00:00Z"))).isZero();
    assertThat(gates.get(PATH).json().path("alerts")).isEmpty();

    assertThat(news(alert("f1", "firing", "2026-01-02T03:03:00.5+00:00"))).isEqualTo(1);
    assertThat(gates.get(PATH).json().path("alerts")).hasSize(1);
  }

  @Test
  void olderNotification_changesNothing() {
    news(alert("f1", "firing", "2026-01-02T03:03:00Z"));
    assertThat(news(alert("f1", "resolved", "2026-01-02T03:00:00Z"))).isZero();

    assertThat(gates.get(PATH).json().path("alerts")).hasSize(1);
  }

  @Test
  void alertThatNobodyRepeats_isForgotten() {
    news(alert("f1", "firing", "2026-01-02T03:00:00Z"));
    gates.clock.move(Duration.ofHours(13));

    assertThat(gates.get(PATH).json().path("alerts")).isEmpty();
  }

  @Test
  void truncation_isTold() {
    Answer answer = notify(alert("f1", "firing", "2026-01-02T03:00:00Z"), 7, "4");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("truncated").asInt()).isEqualTo(7);
  }

  /** A notification is taken whole or not at all. */
  @Test
  void oneBrokenAlert_refusesAll() {
    String broken = alert("f1", "firing", "2026-01-02T03:00:00Z") + "," + alert("f2", "x", "y");

    assertThat(notify(broken, 0, "4").status()).isEqualTo(400);
    assertThat(gates.get(PATH).json().path("alerts")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nonsense", "{}", "{\"version\":\"4\"}", "[]"})
  void malformed_isRefused(String body) {
    Answer answer = gates.postJson(PATH, body, bearer());

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().has("error")).isTrue();
  }

  @Test
  void otherVersion_isRefused() {
    assertThat(notify("", 0, "3").status()).isEqualTo(400);
  }

  @Test
  void withoutToken_isRefused() {
    assertThat(gates.postJson(PATH, "{}").status()).isEqualTo(401);
  }

  /** Alertmanager gives a notification up for any 4xx, also for 429. */
  @Test
  void rateLimit_isAnErrorThatItRepeats() {
    gates.close();
    gates = new RunningGates(RunningGates.security(true, 0.001, 1));
    notify("", 0, "4");

    Answer answer = notify("", 0, "4");

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.headers()).containsKey("retry-after");
  }

  private static String[] bearer() {
    return new String[] {"Authorization", "Bearer " + RunningGates.OPERATOR};
  }

  private int news(String alerts) {
    Answer answer = notify(alerts, 0, "4");
    assertThat(answer.status()).isEqualTo(200);
    return answer.json().path("new").asInt(-1);
  }

  private Answer notify(String alerts, int truncated, String version) {
    return gates.postJson(
        PATH,
        "{\"receiver\":\"pkgslo\",\"status\":\"firing\",\"alerts\":["
            + alerts
            + "],\"groupLabels\":{},\"commonLabels\":{},\"commonAnnotations\":{},"
            + "\"externalURL\":\"http://am:9093\",\"version\":\""
            + version
            + "\",\"groupKey\":\"{}:{}\",\"truncatedAlerts\":"
            + truncated
            + ",\"routeLabels\":{}}",
        bearer());
  }

  private static String alert(String fingerprint, String status, String startsAt) {
    return "{\"status\":\""
        + status
        + "\",\"labels\":{\"alertname\":\"PackageBudgetBurn\",\"service\":\"shop\"},"
        + "\"annotations\":{\"summary\":\"s\"},\"startsAt\":\""
        + startsAt
        + "\",\"endsAt\":\"0001-01-01T00:00:00Z\",\"generatorURL\":\"http://p\",\"fingerprint\":\""
        + fingerprint
        + "\"}";
  }
}

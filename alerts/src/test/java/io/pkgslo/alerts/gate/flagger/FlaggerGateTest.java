// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.flagger;

import static io.pkgslo.alerts.gate.TestRollouts.NOW;
import static io.pkgslo.alerts.gate.TestRollouts.SERVICE;
import static io.pkgslo.alerts.gate.TestRollouts.rollout;
import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.alerts.gate.RunningGates;
import io.pkgslo.alerts.gate.RunningGates.Answer;
import io.pkgslo.alerts.rollout.RolloutView;
import io.pkgslo.model.wire.SubjectState;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests as pkg/controller/webhook.go of Flagger makes them: POST, no auth header, no version.
 */
class FlaggerGateTest {
  private RunningGates gates = new RunningGates();

  @AfterEach
  void stop() {
    gates.close();
  }

  @ParameterizedTest
  @CsvSource({
    "confirm-traffic-increase, promote, 200",
    "confirm-traffic-increase, hold, 403",
    "confirm-traffic-increase, rollback, 403",
    "confirm-promotion, promote, 200",
    "confirm-promotion, hold, 403",
    "confirm-promotion, rollback, 403",
    "rollout, promote, 200",
    "rollout, hold, 403",
    "rollout?hold=pass, hold, 200",
    "rollout?hold=pass, rollback, 403",
    "rollback, promote, 403",
    "rollback, hold, 403",
    "rollback, rollback, 200"
  })
  void verdict_isTheHooksYesOrNo(String hook, String verdict, int status) {
    gates.fresh().with(young(verdict));

    Answer answer = call(hook, "7c9f");

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.json().path("verdict").asText()).isEqualTo(verdict);
    assertThat(answer.json().path("reason").asText()).isNotBlank();
    assertThat(answer.body()).doesNotContain("\n");
  }

  /** Before the canary has traffic nothing can be known of it; nobody would ever start. */
  @ParameterizedTest
  @ValueSource(strings = {"confirm-rollout", "pre-rollout"})
  void start_isFree_whileThePipelineWorks(String hook) {
    assertThat(call(hook, "7c9f").status()).isEqualTo(403);

    gates.fresh();
    assertThat(call(hook, "7c9f").status()).isEqualTo(200);

    gates.clock.move(Duration.ofSeconds(30));
    Answer stale = call(hook, "7c9f");
    assertThat(stale.status()).isEqualTo(403);
    assertThat(stale.json().path("reason").asText()).contains("data is stale");
  }

  @Test
  void start_ofAVersionThatWasRolledBack_isRefused() {
    gates.fresh().with(young("rollback"));

    assertThat(call("confirm-rollout", "7c9f", ",\"metadata\":{\"version\":\"v2\"}").status())
        .isEqualTo(403);
    assertThat(call("confirm-rollout", "7c9f", ",\"metadata\":{\"version\":\"v3\"}").status())
        .isEqualTo(200);
  }

  /** v2 was rolled back; v3 is deployed with a new checksum and has no traffic yet. */
  @Test
  void rollbackOfOneAnalysis_isNotToldToTheNext() {
    gates.fresh().with(young("rollback"));
    assertThat(call("rollback", "7c9f").status()).isEqualTo(200);

    assertThat(call("rollback", "aaaa").status()).isEqualTo(403);
    assertThat(call("rollback", "7c9f").status()).isEqualTo(200);
  }

  @Test
  void promotionOfOneAnalysis_isNotToldToTheNext() {
    gates.fresh().with(young("promote"));
    assertThat(call("confirm-promotion", "7c9f").status()).isEqualTo(200);

    Answer next = call("confirm-promotion", "aaaa");
    assertThat(next.status()).isEqualTo(403);
    assertThat(next.json().path("reason").asText()).contains("another analysis");
  }

  /** The instance was restarted and has not heard of the analysis before; v2 is long gone. */
  @Test
  void rollbackOfACanaryThatIsGone_isNotSaid() {
    long through = NOW.toEpochMilli() - 21_000;
    gates.fresh().with(young("rollback")).with(subject(through - 601_000));
    assertThat(call("rollback", "aaaa").status()).isEqualTo(403);

    gates.with(subject(through - 5_000));
    assertThat(call("rollback", "aaaa").status()).isEqualTo(200);
  }

  @Test
  void rollback_needsAChecksum() {
    gates.fresh().with(young("rollback"));

    assertThat(call("rollback", "").status()).isEqualTo(403);
  }

  @Test
  void closedRollback_isNotSaidAgain() {
    gates.fresh().with(rollout("r", SERVICE, "v2", "rollback", NOW.minusSeconds(60), NOW));

    assertThat(call("rollback", "7c9f").status()).isEqualTo(403);
  }

  @Test
  void serviceWithoutNamespace_isFound() {
    gates.fresh().with(rollout("r", "checkout", "v2", "promote", NOW, null));

    assertThat(call("confirm-promotion", "7c9f").status()).isEqualTo(200);
  }

  @Test
  void metadata_namesServiceAndVersion() {
    gates.fresh().with(rollout("r", "other", "v9", "promote", NOW, null));
    String metadata = ",\"metadata\":{\"service\":\"other\",\"version\":\"v9\"}";

    assertThat(call("confirm-promotion", "7c9f", metadata).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"event", "post-rollout"})
  void whatIsOnlyTold_isTaken(String hook) {
    Answer answer =
        call(
            hook,
            "7c9f",
            ",\"metadata\":{\"eventMessage\":\"New revision detected!\",\"eventType\":\"Normal\","
                + "\"timestamp\":\"1767323045000\"}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().isObject()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "[]",
        "{}",
        "{\"name\":\"checkout\"}",
        "{\"name\":\"checkout\",\"namespace\":\"shop\",\"metadata\":\"x\"}",
        "{\"name\":[\"checkout\"],\"namespace\":\"shop\"}"
      })
  void malformed_isNeverAYes(String body) {
    gates.fresh().with(young("rollback"));
    for (Hook hook : Hook.values()) {
      Answer answer = gates.postJson(FlaggerGate.PATH + hook.wireName(), body);
      assertThat(answer.status()).as(hook.wireName()).isEqualTo(400);
      assertThat(answer.json().path("error").asText()).isNotBlank();
    }
  }

  /** A token can travel in the metadata only. */
  @Test
  void closedReading_takesTheTokenFromTheMetadata() {
    gates.close();
    gates = new RunningGates(RunningGates.CLOSED);
    gates.fresh().with(young("promote"));

    assertThat(call("confirm-promotion", "7c9f").status()).isEqualTo(401);
    assertThat(call("confirm-promotion", "7c9f", ",\"metadata\":{\"token\":\"wrong\"}").status())
        .isEqualTo(401);
    String token = ",\"metadata\":{\"token\":\"" + RunningGates.VIEWER + "\"}";
    assertThat(call("confirm-promotion", "7c9f", token).status()).isEqualTo(200);
  }

  /** After a restart v3 asks first; the rollout of v2 is older than it. */
  @Test
  void rolloutThatIsOlderThanTheAnalysis_isNotItsOwn() {
    gates.fresh().with(rollout("rollback"));

    assertThat(call("rollback", "aaaa").status()).isEqualTo(403);
    assertThat(call("confirm-promotion", "aaaa").json().path("verdict").asText()).isEqualTo("hold");
  }

  @Test
  void eventOfAnAnalysis_isHeard() {
    gates.fresh();
    assertThat(call("event", "aaaa").status()).isEqualTo(200);
    gates.clock.move(Duration.ofMinutes(9));
    gates.fresh().with(rollout("r", SERVICE, "v2", "rollback", NOW.plusSeconds(1), null));

    assertThat(call("rollback", "aaaa").status()).isEqualTo(200);
  }

  private static RolloutView young(String verdict) {
    return rollout("r-" + verdict, SERVICE, "v2", verdict, NOW.minusSeconds(60), null);
  }

  private Answer call(String hook, String checksum) {
    return call(hook, checksum, "");
  }

  private Answer call(String hook, String checksum, String more) {
    return gates.postJson(
        FlaggerGate.PATH + hook,
        "{\"name\":\"checkout\",\"namespace\":\"shop\",\"phase\":\"Progressing\",\"checksum\":\""
            + checksum
            + "\""
            + more
            + "}");
  }

  private static SubjectState subject(long lastSeenMillis) {
    return SubjectState.newBuilder()
        .setService(SERVICE)
        .setVersion("v2")
        .setPackage("p")
        .setLastSeenEpochMillis(lastSeenMillis)
        .build();
  }
}

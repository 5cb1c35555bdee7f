// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.gates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The demo's recorded rollouts through every gate, on processes as they are deployed: the faulty
 * one goes back, the innocent one goes on, the one whose data is cut off waits; and when the
 * analyzer is stopped, nobody is told to go on.
 */
class RecordedRolloutsIT {
  private static final String ADMIN = "token-of-an-admin-0123";
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  /** What the contract grants from the stop of the analyzer to the last answer that is held. */
  private static final Duration STALE_WITHIN = Duration.ofSeconds(30);

  private static final Map<Scene, Decision> EXPECTED =
      Map.of(
          Scene.FAULTY, Decision.GO_BACK,
          Scene.INNOCENT, Decision.GO_ON,
          Scene.CUT_OFF, Decision.WAIT);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path directory;

  private final Clock clock = Clock.systemUTC();

  @Test
  void everyGate_saysWhatTheRecordingDeserves_andNothingOnceDataIsStale() throws Exception {
    try (Receiver receiver = new Receiver();
        Installation pkgslo = new Installation(directory, settings(receiver))) {
      Instant end = new Stage(pkgslo.kafka(), directory, clock).play();
      pkgslo.startServices();
      Client client = new Client(pkgslo.address());
      awaitJudged(pkgslo, client, end);
      // Of the week's budget the recorded minutes, which are all of the week, spend too much.
      assertThat(client.override(Scene.INNOCENT, "reset-budget", "a recording", ADMIN).status())
          .isEqualTo(202);
      await()
          .atMost(PATIENCE)
          .until(() -> Gate.ARGO_WEB.ask(client, Scene.INNOCENT).decision() == Decision.GO_ON);

      for (Scene scene : Scene.values()) {
        assertDecision(client, scene, EXPECTED.get(scene));
      }
      assertExitCodes(pkgslo, Map.of(Scene.FAULTY, 20, Scene.INNOCENT, 0, Scene.CUT_OFF, 10));
      assertTold(receiver);
      assertThat(new OddRequests(pkgslo.address(), ADMIN).ask())
          .contains("get /gates/argo", "post /gates/kayenta/judge", "post /api/v1/events")
          .hasSizeGreaterThan(20);
      // Nothing of it was obeyed.
      assertDecision(client, Scene.INNOCENT, Decision.GO_ON);
      pkgslo.awaitBalance();

      pkgslo.killAnalyzer();
      awaitHeld(client);
      assertStale(client);
      assertExitCodes(pkgslo, Map.of(Scene.FAULTY, 20, Scene.INNOCENT, 10, Scene.CUT_OFF, 10));
      assertTold(receiver);
      assertMarkersAreTaken(client);
    }
  }

  /** A recording of minutes has no 10,000 calls, so less is enough for a promotion by policy. */
  private Map<String, String> settings(Receiver receiver) throws IOException {
    Path secret = directory.resolve("secret");
    Files.writeString(secret, Receiver.SECRET);
    return Map.of(
        "pkgslo.alerts.judge.min-calls",
        "100",
        "pkgslo.alerts.security.tokens",
        "ann:admin:" + ADMIN,
        "pkgslo.alerts.security.requests-per-second",
        "100000",
        "pkgslo.alerts.security.burst",
        "100000",
        "pkgslo.alerts.act.enabled",
        "true",
        "pkgslo.alerts.act.webhooks",
        receiver.address("/hook"),
        "pkgslo.alerts.act.cdevents",
        receiver.address("/events"),
        "pkgslo.alerts.act.secret-file",
        secret.toString());
  }

  private void awaitJudged(Installation pkgslo, Client client, Instant end) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .ignoreException(ConnectException.class)
        .until(
            () -> {
              pkgslo.assertAlive();
              JsonNode through = client.get("/api/v1/rollouts").json().path("through");
              return through.isTextual() && !Instant.parse(through.asText()).isBefore(end);
            });
  }

  private static void assertDecision(Client client, Scene scene, Decision expected)
      throws Exception {
    for (Gate gate : Gate.values()) {
      Gate.Told told = gate.ask(client, scene);
      assertThat(told.decision()).as("%s about %s: %s", gate, scene, told).isEqualTo(expected);
      if (expected == Decision.GO_BACK && !told.reason().isEmpty()) {
        assertThat(told.reason()).contains(Scene.CULPRIT);
      }
    }
    assertThat(new FlaggerHooks(client).yes(scene))
        .as("hooks of Flagger that say yes to %s", scene)
        .isEqualTo(yes(expected));
  }

  private static Set<String> yes(Decision decision) {
    Set<String> yes = new TreeSet<>(FlaggerHooks.TOLD);
    switch (decision) {
      case GO_ON -> {
        yes.addAll(FlaggerHooks.START);
        yes.addAll(FlaggerHooks.GO_ON);
      }
      case WAIT -> yes.addAll(FlaggerHooks.START);
      case GO_BACK -> yes.add(FlaggerHooks.ROLLBACK);
    }
    return yes;
  }

  private static void assertExitCodes(Installation pkgslo, Map<Scene, Integer> expected)
      throws Exception {
    Map<Scene, Process> asked = new EnumMap<>(Scene.class);
    for (Scene scene : expected.keySet()) {
      asked.put(scene, Cli.start(pkgslo.address(), scene));
    }
    for (Map.Entry<Scene, Process> process : asked.entrySet()) {
      Cli.Result result = Cli.result(process.getValue());
      assertThat(result.exitCode())
          .as("%s: %s", process.getKey(), result.output())
          .isEqualTo(expected.get(process.getKey()));
    }
  }

  /** Each change once, signed: the rollback with its incident, and the promotion. */
  private static void assertTold(Receiver receiver) {
    await().atMost(Duration.ofSeconds(20)).until(() -> receiver.at("/events").size() >= 3);
    assertThat(receiver.at("/hook"))
        .allSatisfy(
            notice -> {
              assertThat(notice.isSigned()).isTrue();
              assertThat(notice.event()).isEqualTo("verdict-changed");
              assertThat(notice.key()).isEqualTo(notice.body().path("idempotencyKey").asText());
            })
        .extracting(
            notice ->
                notice.body().path("service").asText()
                    + " "
                    + notice.body().path("verdict").asText())
        .containsExactlyInAnyOrder(
            Scene.FAULTY.service() + " rollback", Scene.INNOCENT.service() + " promote");
    assertThat(receiver.at("/events"))
        .allSatisfy(notice -> assertThat(notice.isSigned()).isTrue())
        .extracting(RecordedRolloutsIT::subject)
        .containsExactlyInAnyOrder(
            "dev.cdeventsx.pkgslo-rolloutdecision.rendered.0.1.0 " + Scene.FAULTY.service(),
            "dev.cdevents.incident.detected.0.3.0 " + Scene.FAULTY.service(),
            "dev.cdeventsx.pkgslo-rolloutdecision.rendered.0.1.0 " + Scene.INNOCENT.service());
  }

  private static String subject(Receiver.Notice notice) {
    JsonNode service = notice.body().path("data").path("subject").path("content").path("service");
    return notice.body().path("type").asText()
        + " "
        + (service.isTextual() ? service : service.path("id")).asText();
  }

  /** Asks all the time: what says wait never says anything else again. */
  private static void awaitHeld(Client client) {
    List<Scene> scenes = List.of(Scene.INNOCENT, Scene.CUT_OFF);
    Set<String> held = new TreeSet<>();
    await("answers that are held")
        .atMost(STALE_WITHIN)
        .pollInterval(Duration.ofMillis(250))
        .until(
            () -> {
              for (Scene scene : scenes) {
                askAll(client, scene, held);
              }
              return held.size() == scenes.size() * Gate.values().length;
            });
  }

  private static void askAll(Client client, Scene scene, Set<String> held) throws Exception {
    for (Gate gate : Gate.values()) {
      String name = gate + " about " + scene;
      Gate.Told told = gate.ask(client, scene);
      assertThat(told.decision())
          .as(name)
          .isIn(held.contains(name) ? Set.of(Decision.WAIT) : possible(scene));
      if (told.decision() == Decision.WAIT
          && (told.reason().isEmpty() || told.reason().contains("data is stale"))) {
        held.add(name);
      }
    }
  }

  private static Set<Decision> possible(Scene scene) {
    return EnumSet.of(EXPECTED.get(scene), Decision.WAIT);
  }

  /** By our own call and by a CDEvent: a version that nobody has seen is held, and says so. */
  private static void assertMarkersAreTaken(Client client) throws Exception {
    assertThat(client.deploy(Scene.INNOCENT, "v9", ADMIN).status()).isEqualTo(202);
    assertThat(client.announce(Scene.CUT_OFF, "v9", ADMIN).status()).isEqualTo(202);
    for (Scene scene : List.of(Scene.INNOCENT, Scene.CUT_OFF)) {
      String question = "service=" + scene.service() + "&version=v9";
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  client
                      .get("/api/v1/rollouts?" + question)
                      .json()
                      .at("/rollouts/0/verdict")
                      .asText()
                      .equals("hold"));
      assertThat(client.get("/gates/argo?" + question).json().path("verdict").asText())
          .isEqualTo("hold");
    }
  }

  /** A rollback stays; of the rest nothing may start or go on, and the answers say why. */
  private static void assertStale(Client client) throws Exception {
    FlaggerHooks flagger = new FlaggerHooks(client);
    for (Scene scene : List.of(Scene.INNOCENT, Scene.CUT_OFF)) {
      for (Gate gate : List.of(Gate.ARGO_WEB, Gate.ARGO_KAYENTA, Gate.KAYENTA_REMOTE_JUDGE)) {
        assertThat(gate.ask(client, scene).reason()).contains("data is stale");
      }
      assertThat(flagger.yes(scene)).isEqualTo(new TreeSet<>(FlaggerHooks.TOLD));
    }
    assertDecision(client, Scene.FAULTY, Decision.GO_BACK);
  }
}

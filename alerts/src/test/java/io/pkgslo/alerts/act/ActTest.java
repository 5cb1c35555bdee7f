// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.act;

import static io.pkgslo.alerts.gate.TestRollouts.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.pkgslo.alerts.gate.MovableClock;
import io.pkgslo.alerts.gate.TestRollouts;
import io.pkgslo.alerts.gate.alertmanager.FiringAlerts;
import io.pkgslo.alerts.rollout.RolloutView;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingDeque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Changes of verdicts, told over real HTTP. */
class ActTest {
  private static final String SECRET = "a secret of a receiver";

  private final MovableClock clock = new MovableClock(NOW);
  private final CollectorRegistry registry = new CollectorRegistry();
  private final ActMeters meters = new ActMeters(registry);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final LinkedBlockingDeque<Integer> statuses = new LinkedBlockingDeque<>();
  private final List<Duration> pauses = new ArrayList<>();
  private final List<String> deadLetters = new CopyOnWriteArrayList<>();
  private HttpServer server;

  private record Received(
      String path, String signature, String timestamp, String key, String type, byte[] body) {
    JsonNode json() {
      try {
        return new ObjectMapper().readTree(body);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    statuses.add(200);
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void change_isToldOnce_signed() throws InterruptedException {
    Actuator act = actuator(false, 8);

    act.accept("r", rollout("hold"));
    act.accept("r", rollout("rollback"));
    act.accept("r", rollout("rollback"));

    assertThat(received).hasSize(1);
    Received told = received.get(0);
    assertThat(told.json().path("verdict").asText()).isEqualTo("rollback");
    assertThat(told.json().path("previousVerdict").asText()).isEqualTo("hold");
    assertThat(told.json().path("service").asText()).isEqualTo(TestRollouts.SERVICE);
    assertThat(told.key()).isEqualTo(told.json().path("idempotencyKey").asText());
    assertThat(told.timestamp()).isEqualTo(Long.toString(NOW.getEpochSecond()));
    assertThat(told.signature())
        .isEqualTo(Signature.of(bytes(SECRET), NOW.getEpochSecond(), told.body()));
    assertThat(count("pkgslo_act_notices_total", "outcome", "delivered")).isEqualTo(1);
  }

  /** printf '1767323045.{}' | openssl dgst -sha256 -hmac 'a secret of a receiver' */
  @Test
  void signature_isThatOfOpenssl() {
    assertThat(Signature.of(bytes(SECRET), 1767323045, bytes("{}")))
        .isEqualTo("v1=38067b9e775de7a5828b643a2f84a67924d8974e967b8fe53379fc36747897c0");
  }

  @Test
  void cdEvents_areWholeCloudEvents() throws InterruptedException {
    actuator(List.of(), List.of(target("/events")), false, 8).accept("r", rollout("rollback"));

    assertThat(received).hasSize(2).allSatisfy(e -> assertThat(e.path()).isEqualTo("/events"));
    assertThat(received)
        .extracting(e -> e.json().path("type").asText())
        .containsExactlyInAnyOrder(
            "dev.cdeventsx.pkgslo-rolloutdecision.rendered.0.1.0",
            "dev.cdevents.incident.detected.0.3.0");
    for (Received event : received) {
      JsonNode json = event.json();
      JsonNode context = json.path("data").path("context");
      assertThat(event.type()).isEqualTo("application/cloudevents+json");
      assertThat(json.path("specversion").asText()).isEqualTo("1.0");
      assertThat(json.path("id").asText()).isNotBlank().isEqualTo(context.path("id").asText());
      assertThat(json.path("type")).isEqualTo(context.path("type"));
      assertThat(json.path("source").asText()).isEqualTo("/pkgslo");
      assertThat(context.path("timestamp").asText()).isEqualTo("2026-01-02T03:03:05Z");
      assertThat(context.has("version") || context.has("specversion")).isTrue();
      assertThat(json.path("data").path("subject").path("content").isObject()).isTrue();
    }
  }

  /** 5xx, 408 and 429 pass; each attempt is the same change and waits twice as long. */
  @Test
  void failure_isTriedAgain_withGrowingPauses() throws InterruptedException {
    statuses.clear();
    statuses.addAll(List.of(500, 429, 408, 503, 204));

    actuator(false, 8).accept("r", rollout("rollback"));

    assertThat(received).hasSize(5).extracting(Received::key).containsOnly(received.get(0).key());
    assertThat(pauses)
        .containsExactly(
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(4),
            Duration.ofSeconds(5));
    assertThat(deadLetters).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"400, 1", "401, 1", "302, 3", "500, 3"})
  void undelivered_isADeadLetter(int status, int attempts) throws InterruptedException {
    statuses.clear();
    statuses.add(status);

    actuator(false, 3).accept("r", rollout("rollback"));

    assertThat(received).hasSize(attempts);
    assertThat(deadLetters).singleElement().asString().contains("status " + status);
    assertThat(count("pkgslo_act_notices_total", "outcome", "dead-lettered")).isEqualTo(1);
  }

  @Test
  void nobodyThere_isADeadLetter() throws InterruptedException {
    server.stop(0);

    actuator(false, 2).accept("r", rollout("rollback"));

    assertThat(deadLetters).singleElement().asString().contains("ConnectException");
  }

  @Test
  void dryRun_tellsNobody() throws InterruptedException {
    actuator(true, 8).accept("r", rollout("rollback"));

    assertThat(received).isEmpty();
    assertThat(count("pkgslo_act_notices_total", "outcome", "dry-run")).isEqualTo(1);
  }

  /** What flaps is told for the worse at once, and for the better when it has lasted. */
  @Test
  void changeForTheBetter_waitsForTheCoolDown() throws InterruptedException {
    Actuator act = actuator(false, 8);
    act.accept("r", rollout("promote"));
    act.accept("r", rollout("hold"));
    act.accept("r", rollout("promote"));
    assertThat(verdicts()).containsExactly("promote", "hold");

    act.tellDue();
    assertThat(received).hasSize(2);

    clock.move(Duration.ofMinutes(10));
    act.tellDue();
    act.tellDue();
    assertThat(verdicts()).containsExactly("promote", "hold", "promote");
    assertThat(count("pkgslo_act_changes_withheld_total", "reason", "cool-down")).isEqualTo(1);
  }

  @Test
  void changeThatDidNotLast_isNeverTold() throws InterruptedException {
    Actuator act = actuator(false, 8);
    act.accept("r", rollout("promote"));
    act.accept("r", rollout("hold"));
    act.accept("r", rollout("promote"));
    act.accept("r", rollout("rollback"));

    clock.move(Duration.ofHours(1));
    act.tellDue();
    assertThat(verdicts()).containsExactly("promote", "hold", "rollback");
  }

  /** Promoted, deployed again, promoted: what is no rollback waits. */
  @Test
  void loop_isCut_butForRollbacks() throws InterruptedException {
    Actuator act = actuator(false, 8);
    for (int i = 0; i < 6; i++) {
      act.accept("r" + i, again("r" + i, "promote"));
    }
    act.tellDue();
    assertThat(received).hasSize(4);
    assertThat(count("pkgslo_act_changes_withheld_total", "reason", "loop")).isEqualTo(2);

    act.accept("r9", again("r9", "rollback"));
    assertThat(verdicts()).hasSize(5).last().isEqualTo("rollback");

    clock.move(Duration.ofMinutes(61));
    act.tellDue();
    assertThat(received).hasSize(7);
  }

  private static RolloutView rollout(String verdict) {
    return TestRollouts.rollout("r", TestRollouts.SERVICE, "v2", verdict, NOW, null);
  }

  private static RolloutView again(String id, String verdict) {
    return TestRollouts.rollout(id, TestRollouts.SERVICE, "v-" + id, verdict, NOW, null);
  }

  /** After a restart: what was told is read again, and told to nobody. */
  @Test
  void rememberedVerdict_isNotToldAgain() throws InterruptedException {
    Actuator act = actuator(false, 8);
    act.remember("r", rollout("rollback"));
    act.accept("r", rollout("rollback"));

    assertThat(received).isEmpty();
  }

  @Test
  void forgottenRollout_beginsWithHold() throws InterruptedException {
    Actuator act = actuator(false, 8);
    act.accept("r", rollout("rollback"));
    act.accept("r", null);
    act.accept("r", rollout("hold"));

    assertThat(received).hasSize(1);
  }

  @Test
  void settings_areChecked() {
    assertThatThrownBy(() -> settings(List.of(), List.of(), false, 8))
        .hasMessageContaining("without webhooks");
    assertThatThrownBy(() -> settings(List.of(URI.create("ftp://x/secret")), List.of(), false, 8))
        .hasMessageContaining("http or https")
        .hasMessageNotContaining("secret");
    assertThat(settings(List.of(target("/")), List.of(), false, 8).toString())
        .doesNotContain(SECRET);
  }

  private List<String> verdicts() {
    return received.stream().map(r -> r.json().path("verdict").asText()).toList();
  }

  private Actuator actuator(boolean dryRun, int attempts) {
    return actuator(List.of(target("/hook")), List.of(), dryRun, attempts);
  }

  private Actuator actuator(List<URI> webhooks, List<URI> cdevents, boolean dryRun, int attempts) {
    ActSettings settings = settings(webhooks, cdevents, dryRun, attempts);
    return new Actuator(
        new Restraint(settings.coolDown(), settings.changesPerHour(), clock),
        new Notices(settings, new FiringAlerts(clock)),
        new WebhookSender(settings, clock, pauses::add),
        (notice, reason) -> deadLetters.add(notice.idempotencyKey() + " " + reason),
        meters,
        threads,
        dryRun);
  }

  private static ActSettings settings(
      List<URI> webhooks, List<URI> cdevents, boolean dryRun, int attempts) {
    return new ActSettings(
        webhooks,
        cdevents,
        SECRET,
        dryRun,
        Duration.ofMinutes(10),
        4,
        attempts,
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(5),
        "");
  }

  private URI target(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private void answer(HttpExchange exchange) throws IOException {
    received.add(
        new Received(
            exchange.getRequestURI().getPath(),
            exchange.getRequestHeaders().getFirst("X-Pkgslo-Signature"),
            exchange.getRequestHeaders().getFirst("X-Pkgslo-Timestamp"),
            exchange.getRequestHeaders().getFirst("Idempotency-Key"),
            exchange.getRequestHeaders().getFirst("Content-Type"),
            exchange.getRequestBody().readAllBytes()));
    int status = statuses.size() > 1 ? statuses.poll() : statuses.getFirst();
    exchange.getResponseHeaders().add("Location", "/elsewhere");
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private double count(String name, String label, String value) {
    return registry.getSampleValue(name, new String[] {label}, new String[] {value});
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

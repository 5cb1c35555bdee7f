// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.pkgslo.alerts.objective.DefaultObjectives;
import io.pkgslo.alerts.rule.Form;
import io.pkgslo.alerts.rule.RuleFile;
import io.pkgslo.alerts.rule.RuleKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulePublisherTest {
  private final AtomicInteger reloads = new AtomicInteger();
  private final AtomicInteger status = new AtomicInteger(200);

  @TempDir Path dir;
  private HttpServer prometheus;

  @BeforeEach
  void start() throws IOException {
    prometheus = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    prometheus.createContext(
        "/-/reload",
        exchange -> {
          if (exchange.getRequestMethod().equals("POST")) {
            reloads.incrementAndGet();
          }
          exchange.sendResponseHeaders(status.get(), -1);
          exchange.close();
        });
    prometheus.start();
  }

  @AfterEach
  void stop() {
    prometheus.stop(0);
  }

  private URI reload() {
    return URI.create("http://127.0.0.1:" + prometheus.getAddress().getPort() + "/-/reload");
  }

  private RulePublisher publisher(Path directory, @Nullable URI reload) {
    return new RulePublisher(
        new RuleSettings(Form.NATIVE, directory, reload, null, Duration.ofMillis(20)),
        Clock.systemUTC());
  }

  @Test
  void update_writesTheFileAndTellsPrometheusOnce() throws Exception {
    Path rules = dir.resolve("rules");
    try (RulePublisher publisher = publisher(rules, reload())) {
      publisher.update(DefaultObjectives.all());
      await().until(() -> reloads.get() == 1);
      publisher.update(DefaultObjectives.all());
      publisher.update(List.of());
      await().until(() -> reloads.get() == 2);

      assertThat(rules.resolve("pkgslo-rules.yaml")).hasContent(RuleFile.of(List.of()));
      try (var files = Files.list(rules)) {
        assertThat(files).hasSize(1);
      }
      assertThat(publisher.failure()).isNull();
    }
  }

  /** Loaded somewhere, rules for nothing would end every alert. */
  @Test
  void beforeTheObjectivesAreKnown_nothingIsWrittenOrServed() throws IOException {
    Path rules = dir.resolve("rules");
    try (RulePublisher publisher = publisher(rules, reload())) {
      assertThat(publisher.rules(RuleKind.FILE)).isNull();
      publisher.update(DefaultObjectives.all());
      await().until(() -> reloads.get() == 1);

      assertThat(publisher.rules(RuleKind.FILE))
          .isEqualTo(Files.readString(rules.resolve("pkgslo-rules.yaml")));
    }
  }

  @Test
  void prometheusAway_isToldWhenItIsBack() {
    status.set(503);
    try (RulePublisher publisher = publisher(dir, reload())) {
      publisher.update(DefaultObjectives.all());
      await().until(() -> publisher.failure() != null && reloads.get() > 1);
      assertThat(publisher.failure()).contains("answered 503");

      status.set(200);

      await().until(() -> publisher.failure() == null);
    }
  }

  @Test
  void directoryThatCannotBe_isSaidAndServedAnyway() throws IOException {
    Path file = Files.writeString(dir.resolve("file"), "no directory");
    try (RulePublisher publisher = publisher(file, null)) {
      publisher.update(DefaultObjectives.all());

      await().until(() -> publisher.failure() != null);
      assertThat(publisher.rules(RuleKind.FILE)).isEqualTo(RuleFile.of(DefaultObjectives.all()));
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.standalone.exact.Accounts;
import io.pkgslo.standalone.exact.Exposition;
import io.pkgslo.testing.NothingReceived;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged application as a user runs it, in processes of its own. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class StandaloneIT {
  private static final Path APPLICATION = Path.of("target", "quarkus-app", "quarkus-run.jar");
  private static final Path BROKER = Path.of("..", "broker", "target", "broker.jar");
  private static final int ADDRESSES = 6;

  @TempDir Path dir;

  /** Killed with everything in it, and back on the same directory with the same address. */
  @Test
  void up_killedAndStartedAgain_servesOnTheSameDirectory() throws Exception {
    Running first = up();
    Set<ProcessHandle> children = first.process.children().collect(Collectors.toSet());
    assertThat(children).isNotEmpty();
    assertThat(post(first.addresses.get("otlp/http") + "/v1/traces")).isEqualTo(200);
    assertThat(get(first.addresses.get("health"))).isIn(200, 503);

    first.process.destroyForcibly().waitFor();
    Running second = up();

    assertThat(second.addresses.get("kafka")).isEqualTo(first.addresses.get("kafka"));
    assertThat(children).noneMatch(ProcessHandle::isAlive);
    assertThat(post(second.addresses.get("otlp/http") + "/v1/traces")).isEqualTo(200);
    URI metrics = URI.create(second.addresses.get("health")).resolve("/metrics");
    Accounts.awaitBalance("the application", () -> scrape(metrics));
    Set<ProcessHandle> successors = second.process.children().collect(Collectors.toSet());
    second.process.destroy();
    assertThat(second.process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    for (ProcessHandle successor : successors) {
      successor.onExit().get(30, TimeUnit.SECONDS);
    }
  }

  @Test
  @NothingReceived("it prints and ends")
  void help_needsNothingRunning() throws Exception {
    Process help = pkgslo("help");
    assertThat(help.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(help.exitValue()).isZero();
    assertThat(new String(help.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .startsWith("Usage: pkgslo");
  }

  private record Running(Process process, Map<String, String> addresses) {}

  private Running up() throws IOException {
    Process process =
        pkgslo(
            "up",
            "--data-dir",
            dir.toString(),
            "--port",
            "0",
            "--otlp-http-port",
            "0",
            "--otlp-grpc-port",
            "0");
    Map<String, String> addresses = new HashMap<>();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (int i = 0; i < ADDRESSES; i++) {
      String line = out.readLine();
      assertThat(line).as("line %d of the addresses", i).isNotNull();
      String[] parts = line.split(" +", 2);
      addresses.put(parts[0], parts[1]);
    }
    return new Running(process, addresses);
  }

  private Process pkgslo(String... args) throws IOException {
    assertThat(APPLICATION).as("packaged application").exists();
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-Dpkgslo.broker.jar=" + BROKER.toAbsolutePath().normalize(),
                "-jar",
                APPLICATION.toString()));
    command.addAll(List.of(args));
    return new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.appendTo(dir.resolve("stderr.log").toFile()))
        .start();
  }

  private static int post(String address) throws Exception {
    String body = "{\"resourceSpans\":[{\"scopeSpans\":[]}]}";
    return send(
        HttpRequest.newBuilder(URI.create(address))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  private static int get(String address) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(address)));
  }

  private static Exposition scrape(URI metrics) throws Exception {
    return Exposition.parse(
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
            .body());
  }

  private static int send(HttpRequest.Builder request) throws Exception {
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.discarding()).statusCode();
  }
}

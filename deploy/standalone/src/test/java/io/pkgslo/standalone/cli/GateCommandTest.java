// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingDeque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class GateCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final LinkedBlockingDeque<String> answers = new LinkedBlockingDeque<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private Map<String, String> environment = Map.of();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @ParameterizedTest
  @CsvSource({"promote, 0", "hold, 10", "rollback, 20", "something-new, 10"})
  void verdict_isTheExitCode(String verdict, int code) {
    answers.add("200 {\"verdict\":\"" + verdict + "\",\"code\":1,\"reason\":\"because of it\"}");

    assertThat(run()).isEqualTo(code);
    assertThat(out.toString()).isEqualTo("because of it" + System.lineSeparator());
    assertThat(requests)
        .containsExactly("GET /gates/argo?service=shop%2Fcheckout&version=v1.5.0+rc null");
  }

  @Test
  void json_isTheAnswerAndNothingElse() {
    answers.add("200 {\"verdict\":\"hold\",\"reason\":\"r\"}");

    assertThat(run("--json", "--baseline", "v1")).isEqualTo(10);
    assertThat(out.toString().trim()).isEqualTo("{\"verdict\":\"hold\",\"reason\":\"r\"}");
    assertThat(requests.get(0)).contains("&baseline=v1");
  }

  /** Whatever is no verdict is 3, never 0. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "200 ",
        "200 <html>",
        "200 []",
        "200 {}",
        "200 {\"verdict\":1}",
        "200 {\"verdict\":null}",
        "200 \"promote\"",
        "204 ",
        "302 {\"verdict\":\"promote\"}",
        "401 {\"error\":\"this needs a token\"}",
        "404 <html>",
        "429 {\"verdict\":\"promote\"}",
        "503 {\"verdict\":\"promote\"}"
      })
  void noVerdict_isCouldNotAsk(String answer) {
    answers.add(answer);

    assertThat(run()).isEqualTo(3);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).contains("pkgslo gate: 127.0.0.1:");
  }

  @Test
  void nobodyThere_isCouldNotAsk() {
    server.stop(0);

    assertThat(run()).isEqualTo(3);
    assertThat(err.toString()).contains("does not answer");
  }

  @Test
  void waiting_asksUntilThereIsAVerdict_andSaysHowItStands() {
    answers.add("503 {\"error\":\"starting\"}");
    answers.add("200 {\"verdict\":\"hold\",\"reason\":\"hold: too few calls\"}");
    answers.add("200 {\"verdict\":\"rollback\",\"reason\":\"rollback: worse\"}");

    assertThat(waitWith("30s")).isEqualTo("rollback");
    assertThat(requests).hasSize(3);
    assertThat(err.toString()).contains("starting", "hold: too few calls", " s left");
  }

  @Test
  void waiting_endsWithHold() {
    answers.add("200 {\"verdict\":\"hold\",\"reason\":\"r\"}");

    assertThat(run("--wait", "300ms")).isEqualTo(10);
  }

  /** An old hold is no answer: since then everything may have happened. */
  @Test
  void waiting_endsWithoutAnAnswer_isNoAnswer() {
    SettableClock clock = new SettableClock();
    GateWait wait = new GateWait(clock, Duration.ofMillis(1), (format, args) -> {});
    Deque<GateClient.Answer> left =
        new ArrayDeque<>(List.of(new GateClient.Answer("hold", "r", "{}")));

    assertThatThrownBy(
            () ->
                wait.until(
                    Duration.ofMinutes(1),
                    () -> {
                      GateClient.Answer answer = left.poll();
                      if (answer == null) {
                        clock.now = Instant.EPOCH.plus(Duration.ofMinutes(1));
                        throw new IOException("nobody answers any more");
                      }
                      return answer;
                    }))
        .hasMessage("nobody answers any more");
  }

  private static final class SettableClock extends Clock {
    private Instant now = Instant.EPOCH;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @Test
  void refusal_isNotAskedAgain() {
    answers.add("403 {\"error\":\"the role of x does not allow this\"}");

    assertThat(run("--wait", "1h")).isEqualTo(3);
    assertThat(err.toString()).contains("the role of x does not allow this");
    assertThat(requests).hasSize(1);
  }

  @Test
  void token_comesFromTheFileOrTheEnvironment(@TempDir Path dir) throws IOException {
    answers.add("200 {\"verdict\":\"promote\",\"reason\":\"r\"}");
    Path file = Files.writeString(dir.resolve("token"), "from-file\n");
    environment = Map.of("PKGSLO_TOKEN", "from-environment");

    run();
    run("--token-file", file.toString());

    assertThat(requests.get(0)).endsWith(" Bearer from-environment");
    assertThat(requests.get(1)).endsWith(" Bearer from-file");
    assertThat(out + "" + err).doesNotContain("from-");
  }

  @Test
  void address_comesFromTheEnvironment() {
    answers.add("200 {\"verdict\":\"promote\",\"reason\":\"r\"}");
    environment = Map.of("PKGSLO_URL", url());

    assertThat(execute("--service", "s", "--version", "v")).isZero();
    assertThat(requests).hasSize(1);
  }

  private String waitWith(String patience) {
    try {
      GateClient client = new GateClient(URI.create(url() + "/"), "s", "v", null, null);
      return new GateWait(
              Clock.systemUTC(),
              Duration.ofMillis(10),
              (format, args) -> err.write(String.format(format, args)))
          .until(Duration.parse("PT" + patience), client::ask)
          .verdict();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private int run(String... more) {
    List<String> args =
        new ArrayList<>(
            List.of("--service", "shop/checkout", "--version", "v1.5.0 rc", "--url", url()));
    args.addAll(Arrays.asList(more));
    return execute(args.toArray(String[]::new));
  }

  private int execute(String... args) {
    Console console = new Console(new PrintWriter(out, true), new PrintWriter(err, true));
    CommandLine root = PkgsloCli.commandLine(console);
    CommandLine command =
        new CommandLine(new GateCommand(console, Clock.systemUTC(), environment))
            .setErr(console.err())
            .setExecutionExceptionHandler(root.getExecutionExceptionHandler());
    command.getCommandSpec().name("pkgslo gate");
    return command.execute(args);
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The last answer is given again and again. */
  private void answer(HttpExchange exchange) throws IOException {
    requests.add(
        exchange.getRequestMethod()
            + " "
            + exchange.getRequestURI()
            + " "
            + exchange.getRequestHeaders().getFirst("Authorization"));
    String[] answer = (answers.size() > 1 ? answers.poll() : answers.getFirst()).split(" ", 2);
    byte[] body = answer[1].getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(Integer.parseInt(answer[0]), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}

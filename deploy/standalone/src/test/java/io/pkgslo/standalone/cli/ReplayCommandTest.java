// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.pkgslo.alerts.judge.Context;
import io.pkgslo.alerts.judge.Counts;
import io.pkgslo.alerts.judge.JudgeState;
import io.pkgslo.alerts.judge.Look;
import io.pkgslo.alerts.judge.Opening;
import io.pkgslo.alerts.judge.Policy;
import io.pkgslo.alerts.judge.RolloutJudge;
import io.pkgslo.alerts.judge.SeriesKey;
import io.pkgslo.alerts.judge.SeriesLook;
import io.pkgslo.alerts.judge.Sli;
import io.pkgslo.alerts.ledger.ArmFacts;
import io.pkgslo.alerts.ledger.Arms;
import io.pkgslo.alerts.ledger.Basis;
import io.pkgslo.alerts.ledger.DecisionRecord;
import io.pkgslo.alerts.ledger.Question;
import io.pkgslo.alerts.ledger.Replay;
import io.pkgslo.alerts.ledger.SealedRecord;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayCommandTest {
  private static final SeriesKey PANICS = new SeriesKey("github.com/acme/shop/pricing", Sli.PANICS);
  private static final Opening OPENING = Opening.of("v2", "v1", List.of(PANICS));
  private static final String ROLLOUT = "6c0c0897-2dd4-38d9-9a48-9579aa6b54e1";

  @TempDir Path dir;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    return PkgsloCli.commandLine(new Console(new PrintWriter(out), new PrintWriter(err)))
        .execute(args);
  }

  /** A hold, and after three looks with panics a rollback. */
  private static List<String> ledger() {
    List<String> lines = new ArrayList<>();
    JudgeState state = new RolloutJudge(Policy.DEFAULT, OPENING).start();
    DecisionRecord.Link last = null;
    for (int record = 0; record < 2; record++) {
      List<Look> looks = new ArrayList<>();
      for (int i = 1; i <= 3 * record; i++) {
        Counts counts = Counts.of(4, 100, 0, 900);
        looks.add(new Look(i * 60_000_000_000L, List.of(new SeriesLook(PANICS, counts))));
      }
      DecisionRecord decided =
          DecisionRecord.decide(
              last,
              ROLLOUT,
              new Question("judge", null, record, Context.CLEAR),
              new Arms(arm("v2"), arm("v1")),
              new Basis(Policy.DEFAULT, OPENING, state, looks, List.of()),
              false);
      SealedRecord sealed = SealedRecord.seal(decided);
      lines.add(sealed.toJson());
      last = new DecisionRecord.Link(record, sealed.hash());
      state = Replay.of(decided).after();
    }
    return lines;
  }

  private static ArmFacts arm(String version) {
    return new ArmFacts(version, null, null, null, null);
  }

  private String file(List<String> lines) throws IOException {
    return Files.write(dir.resolve("ledger.ndjson"), lines).toString();
  }

  @Test
  void wholeLedger_isTrue() throws IOException {
    String file = file(ledger());

    assertThat(run("replay", file)).isZero();
    assertThat(run("replay", file, "--verify")).isZero();
    assertThat(out.toString()).contains(ROLLOUT + "-1 true: rollback: panics in");
    assertThat(err.toString()).contains("the chain is whole");
  }

  @Test
  void changedByte_isFound() throws IOException {
    List<String> lines = new ArrayList<>(ledger());
    lines.set(1, lines.get(1).replaceFirst("\"canaryEvents\":4", "\"canaryEvents\":5"));

    assertThat(run("replay", file(lines), "--verify")).isEqualTo(2);
    assertThat(out.toString()).contains("record 2 (" + ROLLOUT + "-1): hash");
    assertThat(err.toString()).contains("1 of 2 records are wrong");
  }

  @Test
  void missingRecord_isFound() throws IOException {
    assertThat(run("replay", file(ledger().subList(1, 2)), "--verify")).isEqualTo(2);
    assertThat(out.toString()).contains("chain");
  }

  @Test
  void neitherFileNorId_isBadArguments() throws IOException {
    assertThat(run("replay", "nonsense")).isEqualTo(2);
    assertThat(err.toString()).contains("neither a file nor the id");
    assertThat(run("replay", file(List.of()))).isEqualTo(2);
    assertThat(run("replay", file(List.of("{}")))).isEqualTo(2);
  }

  /** The token is asked for as by the other commands, and is never seen on the command line. */
  @Test
  void token_comesFromAFile() throws IOException {
    List<String> seen = new CopyOnWriteArrayList<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/api/v1/rollouts/" + ROLLOUT + "/ledger",
        exchange -> {
          seen.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
          byte[] body = String.join("\n", ledger()).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      Path token = Files.writeString(dir.resolve("token"), "from-file\n");
      String url = "http://127.0.0.1:" + server.getAddress().getPort();

      assertThat(run("replay", ROLLOUT, "--url", url, "--token-file", token.toString())).isZero();
      assertThat(seen).containsExactly("Bearer from-file");
      assertThat(run("replay", ROLLOUT, "--url", url, "--token", "x")).isEqualTo(2);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void nobodyToAsk_isCouldNotAsk() {
    assertThat(run("replay", ROLLOUT, "--url", "http://127.0.0.1:1/")).isEqualTo(3);
  }
}

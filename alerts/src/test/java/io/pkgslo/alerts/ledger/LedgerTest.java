// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pkgslo.alerts.judge.Arm;
import io.pkgslo.alerts.judge.Budget;
import io.pkgslo.alerts.judge.Context;
import io.pkgslo.alerts.judge.Counts;
import io.pkgslo.alerts.judge.Example;
import io.pkgslo.alerts.judge.InitControl;
import io.pkgslo.alerts.judge.InitCrash;
import io.pkgslo.alerts.judge.JudgeState;
import io.pkgslo.alerts.judge.Look;
import io.pkgslo.alerts.judge.LookFacts;
import io.pkgslo.alerts.judge.Opening;
import io.pkgslo.alerts.judge.PersonsWord;
import io.pkgslo.alerts.judge.Policy;
import io.pkgslo.alerts.judge.RolloutJudge;
import io.pkgslo.alerts.judge.SeriesKey;
import io.pkgslo.alerts.judge.SeriesLook;
import io.pkgslo.alerts.judge.Sli;
import io.pkgslo.alerts.judge.Verdict;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LedgerTest {

  private static final String PRICING = "github.com/acme/shop/pricing";
  private static final SeriesKey PANICS = new SeriesKey(PRICING, Sli.PANICS);
  private static final SeriesKey SLOW = new SeriesKey(PRICING, Sli.slow("250ms"));

  private static final Opening OPENING =
      new Opening(
          "v1.5.0",
          "v1.4.0",
          Opening.Control.CONCURRENT,
          List.of(PANICS, SLOW, new SeriesKey(PRICING, Sli.INIT_LATENCY)),
          Map.of(),
          Map.of(PRICING, new InitControl(List.of(0.1, 0.11, 0.12), 0.12, 0.95)),
          Map.of(PANICS, new Opening.Before(3, 1e6)));

  private static final Arms ARMS =
      new Arms(
          new ArmFacts("v1.5.0", "sha256:9f86", "6d4cf56db6", "shop", 3),
          new ArmFacts("v1.4.0", null, null, "shop-primary", null));

  private static Look look(long minute, int panics) {
    LookFacts facts =
        LookFacts.UNKNOWN
            .withPods(3, 27)
            .withPodAges(130.5, 86_400)
            .withTraffic(new LookFacts.Traffic(201, 1_799, 0.1, 1.7))
            .withInits(Map.of(PRICING, List.of(0.1 + minute / 1_000.0)));
    Example example = new Example(Arm.CANARY, "beef", "panic: \"x\"\n\tmain.go:7", null);
    return new Look(
        minute * 60_000_000_000L,
        List.of(
            new SeriesLook(PANICS, Counts.of(panics, 201, 0, 1_799), List.of(example)),
            new SeriesLook(SLOW, new Counts(3, 201, 25, 1_799, 1.0 / 0.3))),
        facts);
  }

  private static Question question(long minute, Context context) {
    return new Question("argo", "run-" + minute, minute * 60_000_000_000L, context);
  }

  /** Four records: hold, hold, rollback, and a person's word about it. */
  private static List<SealedRecord> chain(String rollout) {
    List<SealedRecord> chain = new ArrayList<>();
    JudgeState state = new RolloutJudge(Policy.DEFAULT, OPENING).start();
    Context context = Context.CLEAR.withBudget(new Budget(0.42, "7 d", 1e5, 0.01));
    for (int record = 0; record < 4; record++) {
      long minute = 1 + 2L * record;
      List<Look> looks = List.of(look(minute, 2 * record), look(minute + 1, 2 * record));
      List<InitCrash> crashes =
          record == 1 ? List.of(new InitCrash("cafe", PRICING, 1, 1, 0, null)) : List.of();
      Context now =
          record < 3
              ? context
              : context
                  .withPrevious(Verdict.ROLLBACK)
                  .withWord(new PersonsWord(PersonsWord.Answer.FREEZE, "ann", 9, "look at it"));
      SealedRecord last = chain.isEmpty() ? null : chain.get(chain.size() - 1);
      DecisionRecord decided = record(last, rollout, question(minute, now), state, looks, crashes);
      chain.add(SealedRecord.seal(decided));
      state = Replay.of(decided).after();
    }
    return chain;
  }

  private static DecisionRecord record(
      @Nullable SealedRecord last,
      String rollout,
      Question question,
      JudgeState before,
      List<Look> looks,
      List<InitCrash> crashes) {
    Basis basis = new Basis(Policy.DEFAULT, OPENING, before, looks, crashes);
    DecisionRecord.Link link = last == null ? null : DecisionRecord.Link.of(last);
    return DecisionRecord.decide(link, rollout, question, ARMS, basis, false);
  }

  private static List<String> lines(List<SealedRecord> chain) {
    return new ArrayList<>(chain.stream().map(SealedRecord::toJson).toList());
  }

  private static List<LedgerCheck.Problem> problems(List<String> lines) {
    return new LedgerCheck().verify(lines).stream().map(LedgerCheck.Finding::problem).toList();
  }

  @Test
  void decide_givesTheVerdictsOfTheJudge() {
    List<Verdict> verdicts =
        chain("r").stream().map(entry -> entry.record().decision().verdict()).toList();
    assertThat(verdicts)
        .containsExactly(Verdict.HOLD, Verdict.HOLD, Verdict.ROLLBACK, Verdict.HOLD);
  }

  @Test
  void json_roundTrip_isIdentical() {
    for (SealedRecord entry : chain("r")) {
      SealedRecord read = SealedRecord.parse(entry.toJson());
      assertThat(read).isEqualTo(entry);
      assertThat(read.toJson()).isEqualTo(entry.toJson());
      assertThat(Replay.of(read.record()).confirms(read.record())).isTrue();
    }
  }

  @Test
  void json_isPlain() {
    String json = chain("r").get(2).toJson();
    assertThat(json)
        .startsWith("{\"hash\":\"")
        .contains("\"verdict\":\"rollback\"", "\"rule\":\"evidence\"", "\"arm\":\"canary\"")
        .contains("\"PANICS|github.com/acme/shop/pricing|\":{\"calls\":1000000.0,\"events\":3.0}")
        .doesNotContain("NaN", "Infinity");
  }

  /** The hash is that of the record's own text, so any tool can check it. */
  @Test
  void hash_isThatOfTheText() throws Exception {
    SealedRecord entry = chain("r").get(1);
    String json = entry.toJson();
    String record = json.substring(json.indexOf("\"record\":") + 9, json.length() - 1);
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(record.getBytes(StandardCharsets.UTF_8));
    assertThat(entry.hash()).isEqualTo(HexFormat.of().formatHex(digest));
  }

  @Test
  void verify_ofMixedRollouts_findsNothing() {
    List<String> lines = lines(chain("a"));
    lines.addAll(2, lines(chain("b")));
    assertThat(new LedgerCheck().verify(lines)).isEmpty();
  }

  /** A sample of all places: wherever a byte is changed, it is found. */
  @Test
  void verify_findsOneChangedByte() {
    List<String> lines = lines(chain("r"));
    for (int line = 0; line < lines.size(); line++) {
      String whole = lines.get(line);
      for (int at = line; at < whole.length(); at += 499) {
        char other = (char) (whole.charAt(at) ^ 1);
        List<String> changed = new ArrayList<>(lines);
        changed.set(line, whole.substring(0, at) + other + whole.substring(at + 1));
        assertThat(problems(changed)).as("line %d, character %d", line, at).isNotEmpty();
      }
    }
  }

  @Test
  void verify_findsAMissingAndAnExchangedRecord() {
    List<String> missing = lines(chain("r"));
    missing.remove(1);
    assertThat(problems(missing)).contains(LedgerCheck.Problem.CHAIN);
    List<String> exchanged = lines(chain("r"));
    exchanged.add(1, exchanged.remove(2));
    assertThat(problems(exchanged)).contains(LedgerCheck.Problem.CHAIN);
    List<String> doubled = lines(chain("r"));
    doubled.add(doubled.get(3));
    assertThat(problems(doubled)).containsExactly(LedgerCheck.Problem.CHAIN);
  }

  /** A forger who computes all hashes anew still cannot make the evidence say something else. */
  @Test
  void verify_findsAForgedVerdict() {
    SealedRecord rollback = chain("r").get(2);
    String forged =
        CanonicalJson.text(rollback.record())
            .replace("\"verdict\":\"rollback\"", "\"verdict\":\"hold\"");
    DecisionRecord record =
        SealedRecord.parse("{\"hash\":\"\",\"record\":" + forged + "}").record();
    List<String> lines = lines(chain("r").subList(0, 2));
    lines.add(SealedRecord.seal(record).toJson());
    assertThat(problems(lines)).containsExactly(LedgerCheck.Problem.DECISION);
  }

  @Test
  void verify_findsEvidenceThatNobodySaw() {
    List<SealedRecord> chain = chain("r");
    SealedRecord second = chain.get(1);
    DecisionRecord forged =
        record(
            chain.get(0),
            "r",
            second.record().question(),
            new RolloutJudge(Policy.DEFAULT, OPENING).start(),
            second.record().basis().looks(),
            second.record().basis().crashes());
    List<String> lines = lines(chain.subList(0, 1));
    lines.add(SealedRecord.seal(forged).toJson());
    assertThat(problems(lines)).containsExactly(LedgerCheck.Problem.STATE);
  }

  @Test
  void parse_ofSomethingElse() {
    assertThatThrownBy(() -> SealedRecord.parse("{\"hash\":\"00\"}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("record");
    assertThat(problems(List.of("not json"))).containsExactly(LedgerCheck.Problem.UNREADABLE);
  }

  @Test
  void withAction_recordsWhoActed() {
    DecisionRecord record = chain("r").get(2).record().withAction(new Action("argo", "abort", 5));
    SealedRecord read = SealedRecord.parse(SealedRecord.seal(record).toJson());
    assertThat(read.record().action()).isEqualTo(new Action("argo", "abort", 5));
    assertThat(Replay.of(read.record()).confirms(read.record())).isTrue();
  }

  /** A service stores the state between looks, and goes on after a restart with the same bits. */
  @Test
  void state_storedAndReadBack_goesOnWithTheSameBits() {
    RolloutJudge judge = new RolloutJudge(Policy.DEFAULT, OPENING);
    RolloutJudge again =
        new RolloutJudge(
            CanonicalJson.read(CanonicalJson.text(Policy.DEFAULT), Policy.class),
            CanonicalJson.read(CanonicalJson.text(OPENING), Opening.class));
    JudgeState state = judge.start();
    JudgeState stored = again.start();
    for (int minute = 1; minute <= 20; minute++) {
      Look look = look(minute, minute % 3);
      state = judge.next(state, look);
      Look read = CanonicalJson.read(CanonicalJson.text(look), Look.class);
      stored = CanonicalJson.read(CanonicalJson.text(again.next(stored, read)), JudgeState.class);
      assertThat(stored).isEqualTo(state);
    }
    assertThat(again.decide(stored, Context.CLEAR)).isEqualTo(judge.decide(state, Context.CLEAR));
  }
}

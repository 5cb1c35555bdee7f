// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.ledger;

import io.pkgslo.alerts.judge.Decision;
import io.pkgslo.alerts.judge.InitCrash;
import io.pkgslo.alerts.judge.JudgeState;
import io.pkgslo.alerts.judge.Look;
import io.pkgslo.alerts.judge.Opening;
import io.pkgslo.alerts.judge.Policy;
import io.pkgslo.alerts.judge.RolloutJudge;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger has not recorded yet, and where each chain ends. A look is stored once, when it
 * is judged, and removed with the record that holds it; so a record is written when something was
 * decided, and the looks in it have no bound but {@link #isDue}.
 *
 * <p>For one thread. Everything is in one store of the stream task, so that record, chain and state
 * are committed together or not at all.
 */
public final class LedgerStore {
  /** Looks after which a record is written although nothing was decided. */
  static final int MAX_LOOKS = 60;

  /** Likewise characters of looks, so that a record stays well below what Kafka takes. */
  static final long MAX_LOOK_CHARACTERS = 1_000_000;

  private static final int FORMAT = 1;
  private static final String HEAD = "head/";

  /** The state after the latest record, in which the next one begins. */
  private static final String BEFORE = "before/";

  private static final String LOOK = "look/";
  private static final String CRASH = "crash/";

  private final KeyValueStore<String, byte[]> store;

  public LedgerStore(KeyValueStore<String, byte[]> store) {
    this.store = store;
  }

  /**
   * The end of a chain and what came after it.
   *
   * @param last the latest record; null before the first
   * @param looks not recorded yet; likewise {@code crashes}
   */
  private record Head(
      int format, DecisionRecord.@Nullable Link last, int looks, long lookCharacters, int crashes) {
    static final Head START = new Head(FORMAT, null, 0, 0, 0);

    Head withLook(int characters) {
      return new Head(format, last, looks + 1, lookCharacters + characters, crashes);
    }

    Head withCrash() {
      return new Head(format, last, looks, lookCharacters, crashes + 1);
    }
  }

  /** Remembers what was judged until the next record. */
  public void judged(String rollout, @Nullable Look look, List<InitCrash> crashes) {
    if (look == null && crashes.isEmpty()) {
      return;
    }
    Head head = head(rollout);
    if (look != null) {
      String text = CanonicalJson.text(look);
      put(key(LOOK, rollout, head.looks()), text);
      head = head.withLook(text.length());
    }
    for (InitCrash crash : crashes) {
      put(key(CRASH, rollout, head.crashes()), CanonicalJson.text(crash));
      head = head.withCrash();
    }
    put(HEAD + rollout, CanonicalJson.text(head));
  }

  /** Whether so much has been judged since the latest record that the next one is due. */
  public boolean isDue(String rollout) {
    Head head = head(rollout);
    return head.looks() >= MAX_LOOKS
        || head.lookCharacters() >= MAX_LOOK_CHARACTERS
        || head.crashes() >= MAX_LOOKS;
  }

  /**
   * The next record of a chain, with all that was judged since the one before.
   *
   * @param decision what the judge said; the record must say the same
   * @param after the state in which it said so
   * @throws IllegalStateException when looks and crashes lead to another decision or state: then
   *     the judge is not the pure function that every record relies on
   */
  public SealedRecord record(
      String rollout,
      Question question,
      Arms arms,
      Rules rules,
      Decision decision,
      JudgeState after) {
    Head head = head(rollout);
    byte[] stored = store.get(BEFORE + rollout);
    JudgeState before =
        stored == null
            ? new RolloutJudge(rules.policy(), rules.opening()).start()
            : CanonicalJson.readStored(stored, JudgeState.class);
    Basis basis =
        new Basis(
            rules.policy(),
            rules.opening(),
            before,
            pending(LOOK, rollout, head.looks(), Look.class),
            pending(CRASH, rollout, head.crashes(), InitCrash.class));
    DecisionRecord record =
        DecisionRecord.decide(head.last(), rollout, question, arms, basis, false);
    Replay replay = Replay.of(record);
    if (!record.decision().equals(decision) || !replay.after().equals(after)) {
      throw new IllegalStateException(
          "rollout " + rollout + ": the ledger's looks do not lead to what was decided");
    }
    SealedRecord sealed = SealedRecord.seal(record);
    remove(rollout, head);
    put(
        HEAD + rollout,
        CanonicalJson.text(new Head(FORMAT, DecisionRecord.Link.of(sealed), 0, 0, 0)));
    put(BEFORE + rollout, CanonicalJson.text(after));
    return sealed;
  }

  /**
   * By what a rollout is judged.
   *
   * @param policy in force when it opened
   * @param opening what was fixed then
   */
  public record Rules(Policy policy, Opening opening) {}

  /** Id of a rollout's latest record; null before the first. */
  public @Nullable String latestId(String rollout) {
    DecisionRecord.Link last = head(rollout).last();
    return last == null ? null : DecisionRecord.id(rollout, last.sequence());
  }

  /** A rollout that will never be judged again; its records stay where they are. */
  public void forget(String rollout) {
    remove(rollout, head(rollout));
    store.delete(HEAD + rollout);
    store.delete(BEFORE + rollout);
  }

  private void remove(String rollout, Head head) {
    for (int i = 0; i < head.looks(); i++) {
      store.delete(key(LOOK, rollout, i));
    }
    for (int i = 0; i < head.crashes(); i++) {
      store.delete(key(CRASH, rollout, i));
    }
  }

  private <T> List<T> pending(String kind, String rollout, int count, Class<T> type) {
    List<T> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      byte[] value = store.get(key(kind, rollout, i));
      if (value == null) {
        throw new IllegalStateException("the ledger lost " + kind + i + " of " + rollout);
      }
      values.add(CanonicalJson.readStored(value, type));
    }
    return values;
  }

  private Head head(String rollout) {
    byte[] stored = store.get(HEAD + rollout);
    if (stored == null) {
      return Head.START;
    }
    Head head = CanonicalJson.readStored(stored, Head.class);
    if (head.format() != FORMAT) {
      throw new IllegalStateException(
          "the ledger's state has format " + head.format() + ", expected " + FORMAT);
    }
    return head;
  }

  private static String key(String kind, String rollout, int number) {
    return kind + rollout + "/" + number;
  }

  private void put(String key, String json) {
    store.put(key, json.getBytes(StandardCharsets.UTF_8));
  }
}

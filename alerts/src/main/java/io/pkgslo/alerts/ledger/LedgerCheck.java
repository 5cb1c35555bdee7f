// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.ledger;

import io.pkgslo.alerts.judge.JudgeState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks a ledger record by record: its text, its hash, its place in the chain of its rollout, and
 * that its decision comes out again. Rollouts may be mixed; records of one come in order. Mutable,
 * for one thread.
 */
public final class LedgerCheck {

  private final Map<String, Link> links = new HashMap<>();
  private long position;

  /** What is wrong with a record. */
  public enum Problem {
    UNREADABLE("unreadable"),
    /** The text is not the one that its values have: a byte was changed that changes no value. */
    NOT_CANONICAL("not-canonical"),
    HASH("hash"),
    /** It does not follow the record before: one is missing, doubled or exchanged. */
    CHAIN("chain"),
    /** It does not begin in the state in which the record before ended. */
    STATE("state"),
    CONFIGURATION("configuration"),
    /** The same evidence gives another decision. */
    DECISION("decision");

    private final String wireName;

    Problem(String wireName) {
      this.wireName = wireName;
    }

    /** The name on every wire. */
    public String wireName() {
      return wireName;
    }
  }

  /**
   * One thing that is wrong.
   *
   * @param position of the record in the ledger, from 1
   * @param decisionId of the record; absent if it cannot be read
   * @param problem what
   * @param detail in words
   */
  public record Finding(
      long position, @Nullable String decisionId, Problem problem, String detail) {}

  private record Link(long sequence, String hash, JudgeState after) {}

  /** What is wrong with a ledger; nothing, if it is whole. */
  public List<Finding> verify(Iterable<String> records) {
    List<Finding> findings = new ArrayList<>();
    for (String json : records) {
      findings.addAll(next(json));
    }
    return findings;
  }

  /** What is wrong with the next record. */
  public List<Finding> next(String json) {
    position++;
    SealedRecord sealed;
    try {
      sealed = SealedRecord.parse(json);
    } catch (IllegalArgumentException e) {
      return List.of(
          new Finding(position, null, Problem.UNREADABLE, String.valueOf(e.getMessage())));
    }
    List<Finding> findings = new ArrayList<>();
    DecisionRecord record = sealed.record();
    if (!sealed.toJson().equals(json)) {
      add(findings, record, Problem.NOT_CANONICAL, "the text differs from that of its values");
    }
    if (!sealed.hashIsTrue()) {
      add(findings, record, Problem.HASH, "the content does not have the hash " + sealed.hash());
    }
    if (!CanonicalJson.hash(record.basis().policy()).equals(record.configurationHash())) {
      add(findings, record, Problem.CONFIGURATION, "the policy has another hash");
    }
    JudgeState after = replay(findings, record);
    checkLink(findings, record);
    links.put(record.rollout(), new Link(record.sequence(), sealed.hash(), after));
    return findings;
  }

  /** The state after the record's looks; the recorded one before them if they cannot be judged. */
  private JudgeState replay(List<Finding> findings, DecisionRecord record) {
    try {
      Replay replay = Replay.of(record);
      if (!replay.confirms(record)) {
        String detail =
            "recorded \"%s\", replayed \"%s\""
                .formatted(record.decision().reason(), replay.decision().reason());
        add(findings, record, Problem.DECISION, detail);
      }
      return replay.after();
    } catch (RuntimeException e) {
      // A forged record may hold what no judge ever writes, a null for instance.
      add(findings, record, Problem.DECISION, "it cannot be replayed: " + e);
      return record.basis().before();
    }
  }

  private void checkLink(List<Finding> findings, DecisionRecord record) {
    Link link = links.get(record.rollout());
    long sequence = link == null ? 0 : link.sequence() + 1;
    String previous = link == null ? DecisionRecord.NO_PREVIOUS : link.hash();
    if (record.sequence() != sequence || !record.previousHash().equals(previous)) {
      add(
          findings,
          record,
          Problem.CHAIN,
          "record "
              + record.sequence()
              + " after "
              + record.previousHash()
              + ", expected "
              + sequence
              + " after "
              + previous);
      return;
    }
    JudgeState before = link == null ? Replay.start(record.basis()) : link.after();
    if (!before.equals(record.basis().before())) {
      add(findings, record, Problem.STATE, "it begins in a state that the ledger does not lead to");
    }
  }

  private void add(List<Finding> findings, DecisionRecord record, Problem problem, String detail) {
    findings.add(new Finding(position, record.decisionId(), problem, detail));
  }
}

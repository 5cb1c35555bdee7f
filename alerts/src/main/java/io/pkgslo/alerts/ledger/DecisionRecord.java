// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.ledger;

import io.pkgslo.alerts.judge.Decision;
import io.pkgslo.alerts.judge.JudgeState;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One decision with everything that led to it ({@code rollback-statistics.md}, What a decision
 * record holds). The log E per package and SLI, the shares of alpha and the bounds are in the
 * decision's evidence, the previous verdict in the question's context.
 *
 * @param format of the record, {@value #FORMAT}; one that this code does not know cannot be checked
 * @param decisionId unique; rollout and sequence
 * @param rollout the rollout's id, the key of its chain
 * @param sequence place in the chain, from 0
 * @param previousHash hash of the record before; {@link #NO_PREVIOUS} for the first
 * @param question who asked, and when
 * @param arms what was compared
 * @param basis what the judge knew
 * @param configurationHash of the policy, to tell records of different rules apart
 * @param decision the verdict with evidence and reason
 * @param excluded what was not judged so far, by reason
 * @param action who or what acted; absent if nobody did yet
 * @param dryRun whether the verdict was only shown
 */
public record DecisionRecord(
    int format,
    String decisionId,
    String rollout,
    long sequence,
    String previousHash,
    Question question,
    Arms arms,
    Basis basis,
    String configurationHash,
    Decision decision,
    Map<JudgeState.Exclusion, Long> excluded,
    @Nullable Action action,
    boolean dryRun) {

  /** What this code writes and checks. */
  public static final int FORMAT = 1;

  /** Stands for the hash before the first record. */
  public static final String NO_PREVIOUS = "0".repeat(64);

  /**
   * Where a record stands in the chain of its rollout.
   *
   * @param sequence from 0
   * @param hash of the sealed record
   */
  public record Link(long sequence, String hash) {
    static Link of(SealedRecord sealed) {
      return new Link(sealed.record().sequence(), sealed.hash());
    }
  }

  public DecisionRecord {
    if (format != FORMAT) {
      throw new IllegalArgumentException(
          "a record of format " + format + ", this pkgslo knows " + FORMAT);
    }
    excluded = Collections.unmodifiableMap(new TreeMap<>(excluded));
    if (sequence < 0) {
      throw new IllegalArgumentException("sequence is " + sequence + ", expected a number >= 0");
    }
  }

  /**
   * Judges and records.
   *
   * @param last the rollout's latest record; absent for the first
   */
  public static DecisionRecord decide(
      @Nullable Link last,
      String rollout,
      Question question,
      Arms arms,
      Basis basis,
      boolean dryRun) {
    long sequence = last == null ? 0 : last.sequence() + 1;
    Replay replay = Replay.of(basis, question.context());
    return new DecisionRecord(
        FORMAT,
        id(rollout, sequence),
        rollout,
        sequence,
        last == null ? NO_PREVIOUS : last.hash(),
        question,
        arms,
        basis,
        CanonicalJson.hash(basis.policy()),
        replay.decision(),
        replay.after().excluded(),
        null,
        dryRun);
  }

  /** The id of a record: what a pipeline is told, and what can be asked for. */
  static String id(String rollout, long sequence) {
    return rollout + "-" + sequence;
  }

  /** The same record with what was done about it; to be called before it is sealed. */
  public DecisionRecord withAction(Action done) {
    return new DecisionRecord(
        format,
        decisionId,
        rollout,
        sequence,
        previousHash,
        question,
        arms,
        basis,
        configurationHash,
        decision,
        excluded,
        done,
        dryRun);
  }
}

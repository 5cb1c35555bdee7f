// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What shares one part of alpha: one series, or the slow calls of one package at several
 * thresholds, whose e-values are averaged at each look.
 *
 * @param key the series, or for slow calls the package with {@code slow} and no threshold
 * @param share part of alpha; the claim is rejected when E &gt;= 1 / (alpha x share)
 * @param later whether the claim appeared after the opening
 * @param members sorted by key; empty for {@link Sli#INIT_LATENCY}
 * @param inits the rank tests, for {@link Sli#INIT_LATENCY}
 * @param rejection when the claim was rejected; latched, absent before
 * @param examples latest events to show, at most {@value SeriesLook#MAX_EXAMPLES}
 */
public record ClaimState(
    SeriesKey key,
    double share,
    boolean later,
    List<MemberState> members,
    @Nullable InitEvidence inits,
    @Nullable Rejection rejection,
    List<Example> examples) {

  /**
   * The look that decided.
   *
   * @param look its number, from 1
   * @param startEpochNanos its start
   * @param logE the claim's log E after it
   */
  public record Rejection(long look, long startEpochNanos, double logE) {}

  public ClaimState {
    members = List.copyOf(members);
    examples = List.copyOf(examples);
  }

  static ClaimState open(SeriesKey claim, double share, boolean later, List<SeriesKey> members) {
    boolean ranks = claim.sli().kind() == Sli.Kind.INIT_LATENCY;
    List<MemberState> started = new ArrayList<>();
    if (!ranks) {
      for (SeriesKey member : members) {
        started.add(new MemberState(member, CountEvidence.START));
      }
    }
    return new ClaimState(
        claim, share, later, started, ranks ? InitEvidence.START : null, null, List.of());
  }

  /** The claim under which a series is tested when it is known before the first look. */
  static SeriesKey claimOf(SeriesKey series) {
    return series.sli().kind() == Sli.Kind.SLOW
        ? new SeriesKey(series.goPackage(), Sli.slow(""))
        : series;
  }

  /** The natural log of the claim's evidence; comparable with {@link #logThreshold}. */
  public double logE() {
    if (inits != null) {
      return inits.logEvidence();
    }
    List<Double> logs = new ArrayList<>(members.size());
    for (MemberState member : members) {
      logs.add(member.evidence().logE());
    }
    return Mixture.logMean(logs);
  }

  /** The natural log of 1 / (alpha x share); positive infinity without a share. */
  public double logThreshold(double alpha) {
    return -StrictMath.log(alpha * share);
  }

  boolean contains(SeriesKey series) {
    for (MemberState member : members) {
      if (member.key().equals(series)) {
        return true;
      }
    }
    return false;
  }

  /** The member that argues loudest; for several thresholds the one to tell a person about. */
  @Nullable MemberState strongest() {
    MemberState best = null;
    for (MemberState member : members) {
      if (best == null || member.evidence().logE() > best.evidence().logE()) {
        best = member;
      }
    }
    return best;
  }

  ClaimState with(Map<SeriesKey, SeriesLook> look, Policy policy) {
    List<MemberState> next = new ArrayList<>(members.size());
    List<Example> shown = examples;
    for (MemberState member : members) {
      SeriesLook seen = look.get(member.key());
      if (seen == null) {
        next.add(member);
        continue;
      }
      CountEvidence evidence =
          member.evidence().next(seen.counts(), policy.delta(), policy.deltaMax());
      next.add(new MemberState(member.key(), evidence));
      shown = seen.examples().isEmpty() ? shown : seen.examples();
    }
    return new ClaimState(key, share, later, next, inits, rejection, shown);
  }

  ClaimState withInits(List<Double> seconds, InitControl control, int arm) {
    InitEvidence before = inits == null ? InitEvidence.START : inits;
    return new ClaimState(
        key, share, later, members, before.next(seconds, control, arm), rejection, examples);
  }

  ClaimState withShare(double newShare) {
    return new ClaimState(key, newShare, later, members, inits, rejection, examples);
  }

  ClaimState rejectedAt(Rejection at) {
    return new ClaimState(key, share, later, members, inits, at, examples);
  }
}

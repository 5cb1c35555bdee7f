// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

import io.pkgslo.alerts.judge.ClaimState.Rejection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one claim says at the moment of a decision. All numbers are finite.
 *
 * @param key the claim
 * @param decisive the member that argues loudest: the same as {@code key}, but with its threshold
 *     for slow calls
 * @param canaryEvents of the decisive member, not tempered
 * @param canaryCalls of the decisive member
 * @param baselineEvents of the decisive member
 * @param baselineCalls of the decisive member
 * @param looks comparable looks of the decisive member
 * @param phi overdispersion in its latest look
 * @param logE natural log of the claim's evidence
 * @param logThreshold natural log of what it is compared with; absent without a share of alpha
 * @param share part of alpha
 * @param bounds of the ratio of rates; absent for rank tests
 * @param logBetter the least log evidence, over the members with events, that the ratio is below
 *     deltaMax; absent for rank tests and without events
 * @param rejection when it was rejected; absent if it was not
 * @param concurrent whether the control ran in the same intervals
 * @param initP p value of the latest rank test; absent for counts
 * @param examples events to show
 */
public record Evidence(
    SeriesKey key,
    SeriesKey decisive,
    double canaryEvents,
    double canaryCalls,
    double baselineEvents,
    double baselineCalls,
    long looks,
    double phi,
    double logE,
    @Nullable Double logThreshold,
    double share,
    @Nullable ConfidenceBounds bounds,
    @Nullable Double logBetter,
    @Nullable Rejection rejection,
    boolean concurrent,
    @Nullable Double initP,
    List<Example> examples) {

  public Evidence {
    examples = List.copyOf(examples);
  }

  static Evidence of(ClaimState claim, Policy policy, Opening opening) {
    MemberState member = claim.strongest();
    boolean concurrent = opening.control() == Opening.Control.CONCURRENT;
    Double threshold = claim.share() > 0 ? claim.logThreshold(policy.alpha()) : null;
    if (member == null) {
      return ofInits(claim, opening, threshold);
    }
    CountEvidence counts = member.evidence();
    return new Evidence(
        claim.key(),
        member.key(),
        counts.canaryEvents(),
        counts.canaryCalls(),
        counts.baselineEvents(),
        counts.baselineCalls(),
        counts.looks(),
        counts.phi(),
        claim.logE(),
        threshold,
        claim.share(),
        ConfidenceBounds.of(counts, policy.beta()),
        leastBetter(claim),
        claim.rejection(),
        concurrent,
        null,
        claim.examples());
  }

  private static Evidence ofInits(ClaimState claim, Opening opening, @Nullable Double threshold) {
    InitEvidence inits = claim.inits() == null ? InitEvidence.START : claim.inits();
    InitControl control = opening.initControls().get(claim.key().goPackage());
    return new Evidence(
        claim.key(),
        claim.key(),
        inits.slowInits(),
        inits.canarySeconds().size(),
        0,
        control == null ? 0 : control.archivedSeconds().size(),
        inits.tests(),
        1,
        inits.logEvidence(),
        threshold,
        claim.share(),
        null,
        null,
        claim.rejection(),
        false,
        inits.latestP(),
        claim.examples());
  }

  private static @Nullable Double leastBetter(ClaimState claim) {
    Double least = null;
    for (MemberState member : claim.members()) {
      if (member.evidence().hasEvents()) {
        double value = member.evidence().logBetter();
        least = least == null ? value : Math.min(least, value);
      }
    }
    return least;
  }

  /** Whether the looks prove that the ratio of rates is below deltaMax. */
  boolean proven(double beta) {
    return logBetter != null && logBetter >= ConfidenceBounds.logThreshold(beta);
  }
}

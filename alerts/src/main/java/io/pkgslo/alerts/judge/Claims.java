// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How alpha is shared over the claims of a rollout: at its opening, and for those who come later.
 */
final class Claims {

  private Claims() {}

  /** The claims of the opening, sorted by key. */
  static List<ClaimState> open(Policy policy, Opening opening) {
    Map<String, Map<SeriesKey, List<SeriesKey>>> packages = byPackage(opening.series());
    double atOpening =
        policy.laterFunding() == Policy.LaterFunding.RESERVED ? 1 - policy.laterShare() : 1;
    List<ClaimState> claims = new ArrayList<>();
    for (Map<SeriesKey, List<SeriesKey>> claimsOfPackage : packages.values()) {
      double packageShare = atOpening / packages.size();
      for (Map.Entry<SeriesKey, List<SeriesKey>> claim : claimsOfPackage.entrySet()) {
        double share =
            opening.shares().isEmpty()
                ? packageShare * partOf(claim.getKey(), claimsOfPackage, policy)
                : opening.shares().getOrDefault(claim.getKey(), 0.0);
        claims.add(ClaimState.open(claim.getKey(), share, false, claim.getValue()));
      }
    }
    return claims;
  }

  /**
   * The claims with those series of a look that no claim holds yet. All new series of one package
   * are one newcomer: the j-th gets the later share / (j (j + 1)), which sums to the later share.
   *
   * @param arrivals newcomers before this look
   */
  static Admission admit(Policy policy, List<ClaimState> claims, int arrivals, Look look) {
    List<SeriesKey> unknown = new ArrayList<>();
    for (SeriesLook series : look.series()) {
      if (claims.stream().noneMatch(claim -> claim.contains(series.key()))) {
        unknown.add(series.key());
      }
    }
    if (unknown.isEmpty()) {
      return new Admission(claims, arrivals);
    }
    List<ClaimState> all = new ArrayList<>(claims);
    int j = arrivals;
    for (Map<SeriesKey, List<SeriesKey>> newcomer : byPackage(unknown).values()) {
      j++;
      double share = fund(policy, all, policy.laterShare() / ((double) j * (j + 1)));
      for (Map.Entry<SeriesKey, List<SeriesKey>> claim : newcomer.entrySet()) {
        double part = share * partOf(claim.getKey(), newcomer, policy);
        all.add(ClaimState.open(uniqueKey(all, claim), part, true, claim.getValue()));
      }
    }
    all.sort(Comparator.comparing(ClaimState::key));
    return new Admission(all, j);
  }

  /**
   * Claims after an admission.
   *
   * @param arrivals newcomers so far
   */
  record Admission(List<ClaimState> claims, int arrivals) {}

  private static double fund(Policy policy, List<ClaimState> claims, double part) {
    if (policy.laterFunding() == Policy.LaterFunding.RESERVED) {
      return part;
    }
    double capital = StrictMath.exp(Math.min(0, logCapital(claims)));
    claims.replaceAll(claim -> claim.withShare(claim.share() * (1 - part)));
    return part * capital;
  }

  /**
   * The log of the sum of share x E: what all bets of the rollout are worth together, of a stake of
   * 1. The more, the more the looks as a whole speak for a worse canary. Rank tests are no bets and
   * have no part in it.
   */
  static double logCapital(List<ClaimState> claims) {
    List<Double> terms = new ArrayList<>();
    for (ClaimState claim : claims) {
      if (claim.share() > 0 && claim.inits() == null) {
        terms.add(StrictMath.log(claim.share()) + claim.logE());
      }
    }
    return Mixture.logSum(terms);
  }

  /** A threshold that comes later may not join the average that was fixed before the first look. */
  private static SeriesKey uniqueKey(
      List<ClaimState> claims, Map.Entry<SeriesKey, List<SeriesKey>> claim) {
    boolean taken = claims.stream().anyMatch(known -> known.key().equals(claim.getKey()));
    return taken ? claim.getValue().get(0) : claim.getKey();
  }

  private static double partOf(
      SeriesKey claim, Map<SeriesKey, List<SeriesKey>> claimsOfPackage, Policy policy) {
    double sum = 0;
    for (SeriesKey key : claimsOfPackage.keySet()) {
      sum += policy.sliWeight(key.sli().kind());
    }
    return policy.sliWeight(claim.sli().kind()) / sum;
  }

  private static Map<String, Map<SeriesKey, List<SeriesKey>>> byPackage(List<SeriesKey> series) {
    Map<String, Map<SeriesKey, List<SeriesKey>>> result = new TreeMap<>();
    for (SeriesKey key : series) {
      result
          .computeIfAbsent(key.goPackage(), name -> new TreeMap<>())
          .computeIfAbsent(ClaimState.claimOf(key), name -> new ArrayList<>())
          .add(key);
    }
    return result;
  }
}

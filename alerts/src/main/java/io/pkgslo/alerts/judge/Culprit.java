// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

import org.jspecify.annotations.Nullable;

/**
 * Whom to name. A caller of a slow package is slow as well, and may be rejected first, since it has
 * more calls or a larger part of alpha. So the rollback is the rejected claim's, and the name is
 * that of the package whose own time grew most, if some package's did by evidence of its own. Where
 * none's did, the caller itself does more than before, such as calling others more often.
 *
 * @param goPackage the package to name
 * @param own the log evidence about its own time; absent where the rejected claim's own package is
 *     named
 */
record Culprit(String goPackage, @Nullable Double own) {

  static Culprit of(Evidence worst, JudgeState state, double alpha) {
    String rejected = worst.key().goPackage();
    Culprit culprit = new Culprit(rejected, null);
    if (worst.key().sli().kind() != Sli.Kind.SLOW) {
      return culprit;
    }
    double most = -StrictMath.log(alpha);
    for (ClaimState claim : state.claims()) {
      for (MemberState member : claim.members()) {
        double logE = member.evidence().logE();
        if (member.key().sli().ofOwnTime() && logE >= most) {
          most = logE;
          String goPackage = member.key().goPackage();
          culprit = new Culprit(goPackage, goPackage.equals(rejected) ? null : logE);
        }
      }
    }
    return culprit;
  }
}

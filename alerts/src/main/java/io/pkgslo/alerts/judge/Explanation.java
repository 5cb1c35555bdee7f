// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The reason of a decision in words: what was seen, where, and how sure it is. */
final class Explanation {

  private final Policy policy;
  private final Opening opening;

  Explanation(Policy policy, Opening opening) {
    this.policy = policy;
    this.opening = opening;
  }

  /** What a rejected claim saw, and against which threshold. */
  String worse(Evidence evidence) {
    if (evidence.initP() != null) {
      return slowInits(evidence);
    }
    Sli sli = evidence.decisive().sli();
    ClaimState.Rejection rejection = evidence.rejection();
    double logE = rejection == null ? evidence.logE() : rejection.logE();
    String text =
        sli.words()
            + " in "
            + evidence.key().goPackage()
            + " are up: "
            + counts(evidence)
            + " over "
            + Words.times(evidence.looks(), "look")
            + "; evidence "
            + Words.evidence(logE)
            + threshold(evidence)
            + tempered(evidence)
            + control(evidence);
    return rejection != null && rejection.look() < evidence.looks()
        ? text + "; decided at look " + rejection.look()
        : text;
  }

  /** Why another package is named than the one whose claim was rejected. */
  String blame(@Nullable Culprit culprit) {
    return culprit == null || culprit.own() == null
        ? ""
        : "; the time is spent in "
            + culprit.goPackage()
            + ", whose calls take longer by themselves (evidence "
            + Words.evidence(culprit.own())
            + ")";
  }

  private String slowInits(Evidence evidence) {
    Double p = evidence.initP();
    return "inits of "
        + evidence.key().goPackage()
        + " are slower: "
        + Words.count(evidence.canaryEvents())
        + " of "
        + Words.count(evidence.canaryCalls())
        + " on "
        + opening.canary()
        + " break the objective, and they rank above "
        + Words.count(evidence.baselineCalls())
        + " archived inits of "
        + opening.baseline()
        + " (exact rank test, p = "
        + (p == null ? "1" : Words.ratio(p))
        + "; the control is not concurrent)";
  }

  /** "14 episodes in 212 calls on v1.5.0 against 0 in 1,960 on v1.4.0". */
  private String counts(Evidence evidence) {
    Sli sli = evidence.decisive().sli();
    return Words.count(evidence.canaryEvents())
        + " "
        + sli.eventWord()
        + " in "
        + Words.count(evidence.canaryCalls())
        + " "
        + sli.exposureWord()
        + " on "
        + opening.canary()
        + " against "
        + Words.count(evidence.baselineEvents())
        + " in "
        + Words.count(evidence.baselineCalls())
        + " on "
        + opening.baseline();
  }

  private String threshold(Evidence evidence) {
    Double threshold = evidence.logThreshold();
    return threshold == null
        ? ", without a part of alpha"
        : " against a threshold of "
            + Words.evidence(threshold)
            + " (alpha "
            + Words.percent(policy.alpha())
            + ")";
  }

  private static String tempered(Evidence evidence) {
    return evidence.phi() > 1
        ? "; counts divided by an overdispersion of " + Words.ratio(evidence.phi())
        : "";
  }

  private static String control(Evidence evidence) {
    return evidence.concurrent() ? "" : "; the control is archived, not concurrent";
  }

  /** How the hard stop came about. */
  String crashLoop(InitCrash crash) {
    return "init crash loop in "
        + crash.goPackage()
        + " on "
        + opening.canary()
        + ": "
        + Words.times(crash.canaryProcesses(), "process", "processes")
        + " and "
        + Words.times(crash.canaryRestarts(), "restart")
        + " with stack "
        + crash.fingerprint()
        + ", which "
        + opening.baseline()
        + " has never shown (hard stop, beside alpha)";
  }

  /** What the proof of a promotion is. */
  String proven(List<Evidence> evidence, JudgeState state) {
    Evidence widest = null;
    double upper = 0;
    int decided = 0;
    for (Evidence claim : evidence) {
      Double bound = claim.bounds() == null ? null : claim.bounds().upper();
      if (claim.logBetter() != null && bound != null) {
        decided++;
        if (bound >= upper) {
          upper = bound;
          widest = claim;
        }
      }
    }
    if (widest == null) {
      return "proven";
    }
    return "proven for "
        + decided
        + " of "
        + Words.times(evidence.size(), "series", "series")
        + " after "
        + Words.times(state.looks(), "look")
        + ": "
        + opening.canary()
        + " is at most "
        + Words.ratio(upper)
        + " times "
        + opening.baseline()
        + " in "
        + widest.decisive().sli().words()
        + " of "
        + widest.key().goPackage()
        + " (limit "
        + Words.ratio(policy.deltaMax())
        + ", confidence "
        + Words.percent(1 - policy.beta())
        + " at all looks)"
        + (decided < evidence.size() ? "; the others had no event in either arm" : "");
  }

  /** Why the policy is content. */
  String byPolicy(double canaryCalls, JudgeState state) {
    return "no adverse evidence in "
        + Words.count(canaryCalls)
        + " calls on "
        + opening.canary()
        + " over "
        + Words.times(state.looks(), "look")
        + " (by policy from "
        + Words.count(policy.minCalls())
        + " calls on; not proven)";
  }

  /** What is missing for any verdict. */
  String undecided(Rule rule, @Nullable Evidence nearest, double canaryCalls, JudgeState state) {
    StringBuilder text = new StringBuilder();
    text.append(
        rule == Rule.ADVERSE_EVIDENCE
            ? "the looks speak rather against than for " + opening.canary() + " after "
            : "insufficient evidence after ");
    text.append(Words.times(state.looks(), "look"));
    text.append(" and ").append(Words.count(canaryCalls)).append(" calls on ");
    text.append(opening.canary());
    if (nearest != null && nearest.initP() == null) {
      text.append("; nearest is ").append(nearest.decisive().sli().words());
      text.append(" of ").append(nearest.key().goPackage()).append(": ").append(counts(nearest));
      text.append(", evidence ").append(Words.evidence(nearest.logE())).append(threshold(nearest));
      text.append(bound(nearest)).append(tempered(nearest)).append(control(nearest));
    }
    if (policy.promoteByPolicy() && canaryCalls < policy.minCalls()) {
      text.append("; promotion by policy is possible from ");
      text.append(Words.count(policy.minCalls())).append(" calls on");
    }
    return text.toString();
  }

  private String bound(Evidence nearest) {
    ConfidenceBounds bounds = nearest.bounds();
    if (bounds == null) {
      return "";
    }
    return bounds.upper() == null
        ? "; no upper bound of the ratio yet"
        : "; the ratio is at most "
            + Words.ratio(bounds.upper())
            + ", proof needs less than "
            + Words.ratio(policy.deltaMax());
  }

  /** The error budget in one clause: "12 % of the 7 d budget left, gone in 40 min ...". */
  static String budget(Budget budget) {
    StringBuilder text = new StringBuilder();
    text.append(Words.percent(Math.max(0, rounded(budget.remainingRatio()))));
    text.append(" of the ").append(budget.period()).append(" budget left");
    Double gone = budget.exhaustedInSeconds();
    if (gone != null && budget.remainingRatio() > 0) {
      text.append(", gone in ").append(Words.duration(gone)).append(" at the current burn");
    }
    Double spent = budget.spentByReleaseRatio();
    if (spent != null) {
      text.append("; this release has spent ").append(Words.percent(rounded(spent)));
    }
    return text.toString();
  }

  private static double rounded(double ratio) {
    return StrictMath.rint(ratio * 1_000) / 1_000;
  }
}

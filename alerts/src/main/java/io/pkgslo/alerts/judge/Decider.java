// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From evidence and context to a verdict. The order of the rules is the order of the methods: what
 * was decided before, what a person said, evidence against the canary, evidence for it.
 */
final class Decider {
  /**
   * What all bets together may be worth before the looks speak against a canary. That of an
   * innocent one is above twice the stake at some time in at most half of all rollouts (Ville's
   * inequality); at the stake itself a single slow minute of many series would hold it.
   */
  private static final double LOG_ADVERSE = StrictMath.log(2);

  private final Policy policy;
  private final Opening opening;
  private final Explanation explanation;
  private final Blockers blockers;

  Decider(Policy policy, Opening opening) {
    this.policy = policy;
    this.opening = opening;
    this.explanation = new Explanation(policy, opening);
    this.blockers = new Blockers(policy, opening);
  }

  /** Whether a claim's evidence is past its threshold now. */
  boolean passes(ClaimState claim) {
    if (!(claim.share() > 0) || claim.logE() < claim.logThreshold(policy.alpha())) {
      return false;
    }
    InitEvidence inits = claim.inits();
    InitControl control = opening.initControls().get(claim.key().goPackage());
    return inits == null || (control != null && inits.breaksObjective(control));
  }

  Decision decide(JudgeState state, Context context) {
    List<Evidence> evidence = new ArrayList<>(state.claims().size());
    Evidence nearest = null;
    Evidence worst = null;
    for (ClaimState claim : state.claims()) {
      Evidence one = Evidence.of(claim, policy, opening);
      evidence.add(one);
      nearest = nearer(one, nearest);
      if (claim.rejection() != null || passes(claim)) {
        worst = earlier(one, worst);
      }
    }
    Culprit culprit = worst == null ? null : Culprit.of(worst, state, policy.alpha());
    Case open = new Case(state, context, evidence, worst, worst == null ? nearest : worst, culprit);
    if (context.word() != null && context.word().answer() == PersonsWord.Answer.FREEZE) {
      return open.decision(Verdict.HOLD, Rule.PERSON, "frozen by " + says(context.word()), false);
    }
    return worst != null || state.hardStop() != null
        ? againstCanary(open)
        : context.previous() == Verdict.ROLLBACK ? latched(open) : forCanary(open);
  }

  private Decision againstCanary(Case open) {
    InitCrash hardStop = open.state.hardStop();
    Rule rule = hardStop == null ? Rule.EVIDENCE : Rule.INIT_CRASH_LOOP;
    String why =
        hardStop != null
            ? explanation.crashLoop(hardStop)
            : open.worst == null
                ? ""
                : explanation.worse(open.worst) + explanation.blame(open.culprit);
    if (open.context.previous() == Verdict.ROLLBACK) {
      return open.decision(Verdict.ROLLBACK, rule, why, false);
    }
    PersonsWord word = open.context.word();
    if (word != null && word.answer() == PersonsWord.Answer.APPROVE_ROLLBACK) {
      return open.decision(
          Verdict.ROLLBACK, Rule.PERSON, why + "; rollback approved by " + says(word), false);
    }
    if (word != null && word.answer() == PersonsWord.Answer.REFUSE_ROLLBACK) {
      return open.decision(
          Verdict.HOLD, Rule.PERSON, why + "; rollback refused by " + says(word), false);
    }
    SeriesKey failing = open.worst == null ? null : open.worst.key();
    Blocker blocker = blockers.ofRollback(open.state, open.context, failing);
    return blocker == null
        ? open.decision(Verdict.ROLLBACK, rule, why, false)
        : open.decision(
            Verdict.HOLD,
            blocker.rule(),
            why + "; not rolled back automatically: " + blocker.reason(),
            true);
  }

  private static Decision latched(Case open) {
    return open.decision(
        Verdict.ROLLBACK,
        Rule.LATCHED,
        "rolled back before; a rollback is never taken back",
        false);
  }

  private Decision forCanary(Case open) {
    PersonsWord word = open.context.word();
    if (word != null && word.answer() == PersonsWord.Answer.APPROVE_PROMOTION) {
      return open.decision(Verdict.PROMOTE, Rule.PERSON, "approved by " + says(word), false);
    }
    if (word != null && word.answer() == PersonsWord.Answer.APPROVE_ROLLBACK) {
      return open.decision(
          Verdict.ROLLBACK, Rule.PERSON, "rollback approved by " + says(word), false);
    }
    Blocker blocker = blockers.ofPromotion(open.state, open.context);
    if (blocker != null) {
      return open.decision(Verdict.HOLD, blocker.rule(), blocker.reason(), false);
    }
    double calls = canaryCalls(open);
    if (isProven(open.evidence)) {
      return open.decision(
          Verdict.PROMOTE, Rule.PROVEN, explanation.proven(open.evidence, open.state), false);
    }
    boolean enough = policy.promoteByPolicy() && calls >= policy.minCalls() && calls > 0;
    if (enough && Claims.logCapital(open.state.claims()) <= LOG_ADVERSE) {
      return open.decision(
          Verdict.PROMOTE, Rule.POLICY, explanation.byPolicy(calls, open.state), false);
    }
    Rule rule = enough ? Rule.ADVERSE_EVIDENCE : Rule.INSUFFICIENT_EVIDENCE;
    return open.decision(
        Verdict.HOLD, rule, explanation.undecided(rule, open.nearest, calls, open.state), false);
  }

  /**
   * Every claim with an event has its proof, at least one has, and those without any event in
   * either arm were exposed to as many calls as promotion by policy wants.
   */
  private boolean isProven(List<Evidence> evidence) {
    boolean any = false;
    for (Evidence claim : evidence) {
      if (claim.initP() != null) {
        continue;
      }
      if (claim.logBetter() != null) {
        if (!claim.proven(policy.beta())) {
          return false;
        }
        any = true;
      } else if (claim.canaryCalls() < policy.minCalls()) {
        return false;
      }
    }
    return any;
  }

  /** The calls of the most exposed series: a package's calls are part of the service's. */
  private static double canaryCalls(Case open) {
    double calls = 0;
    for (Evidence claim : open.evidence) {
      if (claim.initP() == null) {
        calls = Math.max(calls, claim.canaryCalls());
      }
    }
    return calls;
  }

  /** The claim whose evidence is nearest to its threshold; one without a share only if alone. */
  private static Evidence nearer(Evidence one, @Nullable Evidence other) {
    if (other == null || other.logThreshold() == null) {
      return one;
    }
    if (one.logThreshold() == null) {
      return other;
    }
    return one.logE() - one.logThreshold() > other.logE() - other.logThreshold() ? one : other;
  }

  /**
   * The claim that was rejected first: it made the verdict. Of two of one package at one look it is
   * the one that says more of the cause: a panic is an error too, and has a stack.
   */
  private static Evidence earlier(Evidence one, @Nullable Evidence other) {
    if (other == null) {
      return one;
    }
    long first = one.rejection() == null ? Long.MAX_VALUE : one.rejection().look();
    long second = other.rejection() == null ? Long.MAX_VALUE : other.rejection().look();
    if (first != second) {
      return first < second ? one : other;
    }
    if (one.key().goPackage().equals(other.key().goPackage())) {
      return one.key().sli().compareTo(other.key().sli()) < 0 ? one : other;
    }
    return nearer(one, other);
  }

  private static String says(PersonsWord word) {
    return word.why().isBlank() ? word.who() : word.who() + " (" + word.why() + ")";
  }

  /** One question with all that is known when it is asked. */
  private record Case(
      JudgeState state,
      Context context,
      List<Evidence> evidence,
      @Nullable Evidence worst,
      @Nullable Evidence nearest,
      @Nullable Culprit culprit) {

    Decision decision(Verdict verdict, Rule rule, String reason, boolean asksForPerson) {
      InitCrash hardStop = state.hardStop();
      boolean against = worst != null || hardStop != null;
      String decided = hardStop != null ? hardStop.goPackage() : null;
      List<Example> examples =
          hardStop != null && hardStop.example() != null ? List.of(hardStop.example()) : List.of();
      if (hardStop == null && worst != null && culprit != null) {
        decided = culprit.goPackage();
        examples = worst.examples();
      }
      Budget budget = context.budget();
      String spent =
          against && budget != null && budget.spentByReleaseRatio() != null
              ? "; " + Explanation.budget(budget)
              : "";
      return new Decision(
          verdict,
          rule,
          verdict.wireName() + ": " + reason + spent,
          asksForPerson,
          decided,
          logE(),
          state.looks(),
          evidence,
          examples);
    }

    private double logE() {
      if (nearest == null) {
        return 0;
      }
      ClaimState.Rejection rejection = nearest.rejection();
      return rejection == null ? nearest.logE() : rejection.logE();
    }
  }
}

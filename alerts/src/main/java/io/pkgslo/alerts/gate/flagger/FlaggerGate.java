// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.flagger;

import io.pkgslo.alerts.gate.ArmAnswer;
import io.pkgslo.alerts.gate.EvidenceLinks;
import io.pkgslo.alerts.gate.RolloutAnswers;
import io.pkgslo.alerts.gate.Sightings;
import io.pkgslo.alerts.gate.VerdictBody;
import io.pkgslo.alerts.gate.access.Need;
import io.pkgslo.alerts.gate.http.Ask;
import io.pkgslo.alerts.gate.http.Endpoint;
import io.pkgslo.alerts.gate.http.Reply;
import io.pkgslo.alerts.judge.Verdict;
import io.pkgslo.alerts.rollout.RolloutView;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * {@code /gates/flagger/<hook>}. A no is 403 with the reason, which Flagger shows; it would drop
 * the body of a 5xx. No hook changes anything here.
 */
public final class FlaggerGate {
  /** Where the hooks are, without the last part. */
  public static final String PATH = "/gates/flagger/";

  private static final Logger LOG = Logger.getLogger(FlaggerGate.class);
  private static final String NAME = "flagger";
  private static final String HOLD_PASSES = "pass";

  private final RolloutAnswers answers;
  private final Sightings sightings;
  private final EvidenceLinks links;
  private final Analyses analyses;

  public FlaggerGate(
      RolloutAnswers answers, Sightings sightings, EvidenceLinks links, Clock clock) {
    this.answers = answers;
    this.sightings = sightings;
    this.links = links;
    this.analyses = new Analyses(clock);
  }

  public List<Endpoint> endpoints() {
    return Arrays.stream(Hook.values())
        .map(
            hook ->
                new Endpoint(
                    NAME,
                    Set.of("POST"),
                    PATH + hook.wireName(),
                    Need.READ_TOKEN_IN_BODY,
                    ask -> answer(hook, ask)))
        .toList();
  }

  private Reply answer(Hook hook, Ask ask) {
    HookCall call = HookCall.of(ask.object());
    if (!call.checksum().isEmpty()) {
      analyses.heard(call.analysis());
    }
    if (hook.question() == Hook.Question.NONE) {
      LOG.debugf("%s of %s: %s", hook.wireName(), call.analysis(), call.message());
      return Reply.ok(Map.of("logged", true));
    }
    return hook.question() == Hook.Question.MAY_IT_START
        ? start(call)
        : judged(hook, call, HOLD_PASSES.equals(ask.parameter("hold")));
  }

  /** The canary has no traffic: only what was said of this very version speaks against it. */
  private Reply start(HookCall call) {
    String stale = answers.staleReason();
    ArmAnswer answer = answers.answer(call.question());
    if (call.version() != null && answer.verdict() == Verdict.ROLLBACK) {
      return reply(false, answer);
    }
    return stale == null
        ? reply(
            true,
            ArmAnswer.hold(
                RolloutAnswers.ARM_NOT_SEEN, "hold: nothing is known of it yet, it may start"))
        : reply(false, ArmAnswer.hold("data-stale", stale));
  }

  private Reply judged(Hook hook, HookCall call, boolean holdPasses) {
    ArmAnswer answer = answers.answer(call.question());
    ArmAnswer told = ownsRollout(call, answer) ? answer : foreign(call);
    boolean yes =
        switch (hook.question()) {
          case DOES_IT_PASS ->
              told.verdict() == Verdict.PROMOTE || (told.verdict() == Verdict.HOLD && holdPasses);
          case IS_IT_GOOD -> told.verdict() == Verdict.PROMOTE;
          case MUST_IT_GO_BACK -> mustGoBack(call, told);
          case MAY_IT_START, NONE -> throw new IllegalArgumentException("no judgement: " + hook);
        };
    return reply(yes, told);
  }

  private Reply reply(boolean yes, ArmAnswer answer) {
    return Reply.of(yes ? 200 : 403, VerdictBody.of(answer, links));
  }

  /** A version that was named is meant, whichever analysis saw it first. */
  private boolean ownsRollout(HookCall call, ArmAnswer answer) {
    RolloutView rollout = answer.rollout();
    return rollout == null
        || call.version() != null
        || (!call.checksum().isEmpty() && analyses.owns(call.analysis(), rollout));
  }

  private boolean mustGoBack(HookCall call, ArmAnswer answer) {
    RolloutView rollout = answer.rollout();
    return rollout != null
        && answer.verdict() == Verdict.ROLLBACK
        && !call.checksum().isEmpty()
        && rollout.closedAt() == null
        && sightings.isCanaryRunning(rollout);
  }

  private static ArmAnswer foreign(HookCall call) {
    return ArmAnswer.hold(
        RolloutAnswers.ARM_NOT_SEEN,
        "hold: arm not seen: the newest rollout of "
            + call.question().words()
            + " belongs to another analysis or is older than this one is known, or the call has no"
            + " checksum");
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate;

import io.pkgslo.alerts.judge.Verdict;
import io.pkgslo.alerts.rollout.RolloutDetails;
import io.pkgslo.alerts.rollout.RolloutView;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One answer for every gate, so that no two tools are told different things. Everything that is not
 * known is hold: an arm that was never seen, data that stands still, and a rollout that is over,
 * whose promotion was not earned by what is being deployed now. Thread-safe; reads memory only.
 */
public final class RolloutAnswers {
  /** Rule of an answer about an arm that no rollout has. */
  public static final String ARM_NOT_SEEN = "arm-not-seen";

  static final String CLOSED = "rollout-closed";

  private final StateView view;
  private final Staleness staleness;

  public RolloutAnswers(StateView view, Clock clock, StalenessLimits limits) {
    this.view = view;
    this.staleness = new Staleness(clock, limits);
  }

  /** The answer to {@code question}; never absent, and hold in doubt. */
  public ArmAnswer answer(ArmQuestion question) {
    RolloutView rollout = find(question);
    if (rollout == null) {
      return notSeen(question);
    }
    RolloutView told = staleness.applyAlsoClosed(rollout, view.freshness());
    ArmAnswer answer = ArmAnswer.of(told);
    return told.closedAt() != null && answer.verdict() == Verdict.PROMOTE
        ? ArmAnswer.of(told.held(CLOSED, closed(told)))
        : answer;
  }

  /** Why nobody could be judged now; null when the pipeline works. */
  public @Nullable String staleReason() {
    return staleness.reason(view.freshness());
  }

  /** All open rollouts as {@link #answer} would tell them, the newest first. */
  public List<RolloutView> openRollouts() {
    Freshness freshness = view.freshness();
    return view.rollouts().stream()
        .filter(rollout -> rollout.closedAt() == null)
        .map(rollout -> staleness.applyAlsoClosed(rollout, freshness))
        .toList();
  }

  private ArmAnswer notSeen(ArmQuestion question) {
    String stale = staleness.reason(view.freshness());
    return stale == null
        ? ArmAnswer.hold(
            ARM_NOT_SEEN, "hold: arm not seen: no rollout of " + question.words() + " is known")
        : ArmAnswer.hold(Staleness.RULE, stale + "; no rollout of " + question.words());
  }

  private static String closed(RolloutView rollout) {
    return "hold: the rollout ended at "
        + rollout.closedAt()
        + " with promote; what is deployed now has not been judged";
  }

  /**
   * Open before closed. With a version, the gravest of its rollouts; without, the newest, because
   * an older one may be what was rolled back before.
   */
  private @Nullable RolloutView find(ArmQuestion question) {
    for (String service : question.services()) {
      List<RolloutView> found =
          view.rollouts().stream()
              .filter(r -> r.service().equals(service))
              .filter(r -> question.version() == null || isNamed(question.version(), r))
              .filter(r -> question.baseline() == null || question.baseline().equals(r.baseline()))
              .toList();
      if (!found.isEmpty()) {
        return found.stream().min(preferred(question)).orElseThrow();
      }
    }
    return null;
  }

  /** Argo knows the hash of a pod template and no version; a registry knows a digest. */
  private static boolean isNamed(String name, RolloutView rollout) {
    RolloutDetails details = rollout.details();
    return name.equals(rollout.version())
        || (details != null
            && (name.equals(details.canary().version())
                || name.equals(details.canary().hash())
                || name.equals(details.canary().digest())));
  }

  private static Comparator<RolloutView> preferred(ArmQuestion question) {
    Comparator<RolloutView> openFirst = Comparator.comparing(r -> r.closedAt() != null);
    Comparator<RolloutView> newestFirst =
        Comparator.comparing(RolloutView::openedAt, Comparator.reverseOrder());
    return question.version() == null
        ? openFirst.thenComparing(newestFirst)
        : openFirst.thenComparingInt(RolloutView::code).thenComparing(newestFirst);
  }
}

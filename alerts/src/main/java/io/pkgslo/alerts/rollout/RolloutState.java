// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import io.pkgslo.alerts.judge.JudgeState;
import io.pkgslo.alerts.judge.Opening;
import io.pkgslo.alerts.judge.PersonsWord;
import io.pkgslo.alerts.judge.Policy;
import io.pkgslo.alerts.judge.RolloutJudge;
import io.pkgslo.alerts.ledger.ArmFacts;
import io.pkgslo.alerts.ledger.Arms;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One rollout and its evidence so far.
 *
 * @param policy the rules that were in force when it opened
 * @param opening what was fixed then
 * @param archivedMinutes minutes of the baseline behind {@link Opening#before}
 * @param arms what is known of both sides
 * @param crashes init crashes by stack fingerprint
 * @param marker what a deployment tool said; {@link Marker#NONE} for a rollout that was discovered
 * @param word what a person decided; null if nobody did
 * @param outcome the latest answer; null before the first
 */
record RolloutState(
    String id,
    ArmSelector canary,
    ArmSelector baseline,
    Policy policy,
    Opening opening,
    int archivedMinutes,
    Arms arms,
    Course course,
    JudgeState judge,
    Map<String, CrashTally> crashes,
    Marker marker,
    @Nullable PersonsWord word,
    @Nullable Outcome outcome) {

  RolloutState {
    crashes = Map.copyOf(crashes);
  }

  static RolloutState opened(
      String id,
      ArmSelector canary,
      ArmSelector baseline,
      Policy policy,
      Opening opening,
      int archivedMinutes,
      Course course) {
    return new RolloutState(
        id,
        canary,
        baseline,
        policy,
        opening,
        archivedMinutes,
        new Arms(unseen(canary), unseen(baseline)),
        course,
        new RolloutJudge(policy, opening).start(),
        Map.of(),
        Marker.NONE,
        null,
        null);
  }

  private static ArmFacts unseen(ArmSelector side) {
    return new ArmFacts(side.label(), side.digest(), side.hash(), side.workload(), null);
  }

  boolean isOpen() {
    return course.isOpen();
  }

  boolean isArchived() {
    return opening.control() == Opening.Control.ARCHIVED;
  }

  RolloutJudge judgeOf() {
    return new RolloutJudge(policy, opening);
  }

  RolloutState with(Course newCourse) {
    return copy(arms, newCourse, judge, crashes, new Said(marker, word), outcome);
  }

  RolloutState with(Arms newArms) {
    return copy(newArms, course, judge, crashes, new Said(marker, word), outcome);
  }

  RolloutState with(JudgeState newJudge, Map<String, CrashTally> newCrashes) {
    return copy(arms, course, newJudge, newCrashes, new Said(marker, word), outcome);
  }

  RolloutState with(Marker newMarker) {
    return copy(arms, course, judge, crashes, new Said(newMarker, word), outcome);
  }

  RolloutState withWord(@Nullable PersonsWord newWord) {
    return copy(arms, course, judge, crashes, new Said(marker, newWord), outcome);
  }

  RolloutState with(Outcome newOutcome) {
    return copy(arms, course, judge, crashes, new Said(marker, word), newOutcome);
  }

  private record Said(Marker marker, @Nullable PersonsWord word) {}

  private RolloutState copy(
      Arms newArms,
      Course newCourse,
      JudgeState newJudge,
      Map<String, CrashTally> newCrashes,
      Said said,
      @Nullable Outcome newOutcome) {
    return new RolloutState(
        id,
        canary,
        baseline,
        policy,
        opening,
        archivedMinutes,
        newArms,
        newCourse,
        newJudge,
        newCrashes,
        said.marker(),
        said.word(),
        newOutcome);
  }
}

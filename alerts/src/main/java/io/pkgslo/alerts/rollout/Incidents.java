// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import io.pkgslo.alerts.judge.Arm;
import io.pkgslo.alerts.judge.Incident;
import io.pkgslo.alerts.judge.Verdict;
import java.util.ArrayList;
import java.util.List;

/** Finds rollouts of several services that fail in the same way. */
public final class Incidents {
  private Incidents() {}

  /**
   * The incidents among rollouts that are not over. Only those against a canary count: that roll
   * back, or ask a person whether to.
   */
  public static List<Incident> among(List<RolloutView> rollouts) {
    List<Incident.Symptom> symptoms = new ArrayList<>();
    for (RolloutView rollout : rollouts) {
      String culprit = rollout.goPackage();
      boolean against =
          rollout.verdict().equals(Verdict.ROLLBACK.wireName()) || rollout.asksForPerson();
      if (against && culprit != null && rollout.closedAt() == null) {
        for (RolloutView.Witness witness : rollout.examples()) {
          if (witness.fingerprint() != null && witness.arm().equals(Arm.CANARY.wireName())) {
            symptoms.add(new Incident.Symptom(rollout.service(), culprit, witness.fingerprint()));
          }
        }
      }
    }
    return Incident.of(symptoms);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate;

import io.pkgslo.alerts.ledger.LedgerLine;
import java.util.List;

/** The records of one rollout in short, in the order of its chain. */
public record DecisionsAnswer(String rollout, List<LedgerLine> decisions) {
  public DecisionsAnswer {
    decisions = List.copyOf(decisions);
  }
}

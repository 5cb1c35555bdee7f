// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.act;

import io.pkgslo.model.Topics;
import io.pkgslo.platform.ReaderAccounts;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import java.util.List;

/** What act says about itself. Thread-safe. */
public final class ActMeters {
  private final Counter notices;
  private final Counter withheld;
  private final ReaderAccounts records =
      new ReaderAccounts("act", List.of(Topics.VERDICTS, Topics.TOLD));

  /** Registers all series with their known label values at 0. */
  public ActMeters(CollectorRegistry registry) {
    notices =
        Counter.build("pkgslo_act_notices", "Notices of changed verdicts, by what became of them.")
            .labelNames("outcome")
            .register(registry);
    withheld =
        Counter.build("pkgslo_act_changes_withheld", "Changes of verdicts that were not told.")
            .labelNames("reason")
            .register(registry);
    registry.register(records);
    for (Outcome outcome : Outcome.values()) {
      notices.labels(outcome.label);
    }
    for (Withheld reason : Withheld.values()) {
      withheld.labels(reason.label);
    }
  }

  /** What became of a notice. */
  enum Outcome {
    DELIVERED("delivered"),
    DEAD_LETTERED("dead-lettered"),
    DRY_RUN("dry-run");

    private final String label;

    Outcome(String label) {
      this.label = label;
    }
  }

  /** Why a change was not told, or not yet. */
  enum Withheld {
    COOL_DOWN("cool-down"),
    LOOP("loop");

    private final String label;

    Withheld(String label) {
      this.label = label;
    }
  }

  /** What became of the records that were read. */
  ReaderAccounts records() {
    return records;
  }

  void notice(Outcome outcome) {
    notices.labels(outcome.label).inc();
  }

  void withheld(Withheld reason) {
    withheld.labels(reason.label).inc();
  }
}

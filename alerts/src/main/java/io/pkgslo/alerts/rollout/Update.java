// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import io.pkgslo.alerts.judge.Context;
import io.pkgslo.alerts.judge.Decision;
import io.pkgslo.alerts.judge.InitCrash;
import io.pkgslo.alerts.judge.Look;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rollout after it was judged, with all that the ledger has to know about it.
 *
 * @param atMillis event time: end of the look, or time of the order or crash
 * @param askedBy who or what asked
 * @param look what was judged; null when there was nothing new
 * @param crashes what was new about crashes
 * @param context in which it was judged
 * @param changed a pipeline is told something else than before, or is told for the first time
 */
record Update(
    RolloutState rollout,
    Occasion occasion,
    long atMillis,
    String askedBy,
    @Nullable Look look,
    List<InitCrash> crashes,
    Context context,
    Decision decision,
    boolean changed) {
  static final String JUDGE = "judge";

  /** The judge, on a crash that stderr shows whole and that has not settled. */
  static final String JUDGE_EARLY = "judge, on a crash that has not settled";

  Update {
    crashes = List.copyOf(crashes);
  }

  boolean isRecorded() {
    return changed || occasion.isRecorded();
  }
}

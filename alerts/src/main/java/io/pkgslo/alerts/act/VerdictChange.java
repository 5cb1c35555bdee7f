// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.act;

import io.pkgslo.alerts.rollout.RolloutDetails;
import io.pkgslo.alerts.rollout.RolloutView;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A verdict that is another one than before.
 *
 * @param previous absent for the first that is known of the rollout
 */
record VerdictChange(RolloutView rollout, @Nullable String previous) {

  /** With which every rollout begins. */
  static final String FIRST = "hold";

  /**
   * The same for every delivery of this change, also by another instance or after a restart, and
   * another one when the verdict comes back later.
   */
  String idempotencyKey() {
    String name = String.join("\n", rollout.id(), rollout.verdict(), String.valueOf(since()));
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }

  /** Later records of the same verdict say the same, and only the last of them may be left. */
  private @Nullable Instant since() {
    RolloutDetails details = rollout.details();
    return details == null || details.verdictSince() == null
        ? rollout.evaluatedThrough()
        : details.verdictSince();
  }

  /** Whether somebody may have to act at once: a change to a verdict that is graver. */
  boolean isForTheWorse() {
    int before = previous == null ? 0 : code(previous);
    return rollout.code() < before;
  }

  /** What must reach its receivers whatever else is told. */
  boolean isRollback() {
    return rollout.code() < 0;
  }

  private static int code(String verdict) {
    return switch (verdict) {
      case "promote" -> 1;
      case "rollback" -> -1;
      default -> 0;
    };
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a rollout beside its verdict.
 *
 * @param control {@code concurrent}, or {@code archived} when the baseline's counts are from before
 *     the rollout
 * @param canary what is known of the canary's side; likewise {@code baseline}
 * @param excluded what was not judged, by reason
 * @param verdictSince event time from which on the verdict is this one
 * @param recovered after a rollback: whether the harm has ended; absent for other verdicts
 * @param recoverySeconds from the rollback to the end of the harm; absent before
 * @param word what a person decided; absent if nobody did
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RolloutDetails(
    String control,
    Side canary,
    Side baseline,
    Map<String, Long> excluded,
    @Nullable Instant verdictSince,
    @Nullable Boolean recovered,
    @Nullable Double recoverySeconds,
    @Nullable Word word) {

  public RolloutDetails {
    excluded = Map.copyOf(excluded);
  }

  /**
   * One side. Absent is unknown.
   *
   * @param pods processes that reported in the latest look
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Side(
      @Nullable String version,
      @Nullable String workload,
      @Nullable String hash,
      @Nullable String digest,
      @Nullable Integer pods) {}

  /** What a person decided, by {@code PersonsWord}'s wire names. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Word(String answer, String who, String why, Instant at) {}
}

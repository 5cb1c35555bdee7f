// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.pkgslo.model.wire.Exclusion;
import io.pkgslo.model.wire.Objective;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Time that does not count for an objective.
 *
 * @param start as it was asked for, inclusive; likewise {@code end}, exclusive
 * @param leftOutFrom what the sums over the period leave out: {@code start} and {@code end},
 *     widened to the buckets that are kept for a window of this length, and to whole slices of time
 * @param reason absent when nobody gave one
 * @param who absent when nobody is named
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ExclusionView(
    Instant start,
    Instant end,
    Instant leftOutFrom,
    Instant leftOutTo,
    @Nullable String reason,
    @Nullable String who) {
  private static final long[] WINDOW_SECONDS = {3_600, 21_600, 259_200};
  private static final long[] BUCKET_SECONDS = {10, 60, 300, 900};

  /** Null where everything counts. */
  static @Nullable List<ExclusionView> of(Objective objective) {
    return objective.getExclusionCount() == 0
        ? null
        : objective.getExclusionList().stream().map(e -> of(e, objective)).toList();
  }

  private static ExclusionView of(Exclusion exclusion, Objective objective) {
    long slice = Math.max(1, objective.getSliceSeconds()) * 1_000;
    long bucket = bucketSeconds(objective.getPeriodSeconds()) * 1_000;
    long from = floor(floor(exclusion.getStartMillis(), slice), bucket);
    long to = -floor(floor(-exclusion.getEndMillis(), slice), bucket);
    return new ExclusionView(
        Instant.ofEpochMilli(exclusion.getStartMillis()),
        Instant.ofEpochMilli(exclusion.getEndMillis()),
        Instant.ofEpochMilli(from),
        Instant.ofEpochMilli(to),
        exclusion.getReason().isEmpty() ? null : exclusion.getReason(),
        exclusion.getWho().isEmpty() ? null : exclusion.getWho());
  }

  private static long floor(long value, long unit) {
    return Math.floorDiv(value, unit) * unit;
  }

  /** Width of the buckets that are kept for windows of a length (docs/sli.md). */
  private static long bucketSeconds(long windowSeconds) {
    int width = 0;
    while (width < WINDOW_SECONDS.length && windowSeconds > WINDOW_SECONDS[width]) {
      width++;
    }
    return BUCKET_SECONDS[width];
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import io.pkgslo.alerts.objective.Budgeting;
import io.pkgslo.alerts.objective.Slo;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Time slices of an objective over other metrics than ours. The share of bad events in the slice
 * that ends now is recorded all the time; what counts of it are the values at the bounds of slices,
 * which are aligned to UTC, so that each event is in one slice.
 *
 * @param slice its length
 * @param tolerated share of bad events that a good slice may have; null where each slice counts by
 *     its share
 */
record QuerySlices(Slo slo, Duration slice, @Nullable BigDecimal tolerated) {
  private static final String BAD = "slo:slice_bad:ratio";
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** Null where events are counted. */
  static @Nullable QuerySlices of(Slo slo) {
    if (slo.budgeting() instanceof Budgeting.Timeslices slices) {
      BigDecimal tolerated = BigDecimal.ONE.subtract(slices.sliceTarget());
      return new QuerySlices(slo, slices.slice(), tolerated);
    }
    return slo.budgeting() instanceof Budgeting.RatioTimeslices slices
        ? new QuerySlices(slo, slices.slice(), null)
        : null;
  }

  /** Records a slice by the share of its bad events, which {@code share} asks for. */
  Rule rule(String share) {
    String expr =
        tolerated == null
            ? share
            : "(" + share + ") > bool " + tolerated.stripTrailingZeros().toPlainString();
    return new RecordRule(BAD, expr, Map.of("slo", slo.id()));
  }

  /** Slices with data in a window. */
  String valid(Duration window) {
    return over("count_over_time", window);
  }

  /** Bad ones among them. */
  String bad(Duration window) {
    return over("sum_over_time", window);
  }

  /** What one summand of a period covers: as many whole slices as {@code step} has, else one. */
  Duration width(Duration step) {
    return step.toSeconds() % slice.toSeconds() == 0 ? step : slice;
  }

  /** A second less has as many bounds in Prometheus 2, which counts the left one, as in 3. */
  private String over(String function, Duration window) {
    Duration step = slice.compareTo(window) < 0 ? slice : window;
    return function
        + "("
        + BAD
        + "{slo=\""
        + slo.id()
        + "\"}["
        + PromDuration.of(window.minus(SECOND))
        + ":"
        + PromDuration.of(step)
        + "])";
  }
}

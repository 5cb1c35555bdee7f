// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is fixed when a rollout opens, before its first look.
 *
 * @param canary how a person names the canary's version
 * @param baseline how a person names the baseline's version
 * @param control whether the baseline runs beside the canary
 * @param series what will be tested, for the packages that have calls or panics at the opening; the
 *     thresholds of slow calls are named here, once and for all. Sorted, without repetition
 * @param shares parts of alpha by claim, instead of the policy's split; empty for the policy's
 *     split. A claim is a series, or for slow calls of a package the SLI {@code slow} without a
 *     threshold
 * @param initControls archived inits by package, for the packages that claim {@link
 *     Sli#INIT_LATENCY}
 * @param before the baseline's own counts before the opening, by series, where they are known
 */
public record Opening(
    String canary,
    String baseline,
    Control control,
    List<SeriesKey> series,
    Map<SeriesKey, Double> shares,
    Map<String, InitControl> initControls,
    Map<SeriesKey, Before> before) {

  /** Where the baseline's counts come from. */
  public enum Control {
    /** Both arms run in the same intervals, under the same load. */
    CONCURRENT,
    /** The baseline's counts were archived; what changed in the meantime is not cancelled. */
    ARCHIVED
  }

  /**
   * The baseline's counts of one series in an interval before the opening.
   *
   * @param events bad events, &gt;= 0
   * @param calls exposure, &gt; 0
   */
  public record Before(double events, double calls) {
    public Before {
      if (!(events >= 0 && calls > 0)) {
        throw new IllegalArgumentException("expected events >= 0 and calls > 0");
      }
    }
  }

  public Opening {
    series = List.copyOf(new TreeSet<>(series));
    shares = Collections.unmodifiableMap(new TreeMap<>(shares));
    initControls = Collections.unmodifiableMap(new TreeMap<>(initControls));
    before = Collections.unmodifiableMap(new TreeMap<>(before));
    double sum = 0;
    for (Map.Entry<SeriesKey, Double> share : shares.entrySet()) {
      double value = share.getValue();
      if (!(value >= 0 && value <= 1)) {
        throw new IllegalArgumentException(
            "share of " + share.getKey() + " is " + value + ", expected a part in [0, 1]");
      }
      sum += value;
    }
    if (sum > 1 + 1e-9) {
      throw new IllegalArgumentException("the shares of alpha sum to " + sum + ", more than 1");
    }
  }

  /** A rollout with a concurrent baseline and the policy's split of alpha. */
  public static Opening of(String canary, String baseline, List<SeriesKey> series) {
    return new Opening(canary, baseline, Control.CONCURRENT, series, Map.of(), Map.of(), Map.of());
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One interval of event time, final: what both arms did in it.
 *
 * @param startEpochNanos start of the interval; looks of a rollout come in rising order of it
 * @param series one entry per series that was exposed in either arm; sorted by key
 * @param facts what else is known about the arms
 */
public record Look(long startEpochNanos, List<SeriesLook> series, LookFacts facts) {

  public Look {
    List<SeriesLook> sorted = new ArrayList<>(series);
    sorted.sort(Comparator.comparing(SeriesLook::key));
    for (int i = 1; i < sorted.size(); i++) {
      if (sorted.get(i).key().equals(sorted.get(i - 1).key())) {
        throw new IllegalArgumentException("two entries for " + sorted.get(i).key());
      }
    }
    series = List.copyOf(sorted);
  }

  /** A look of which only the counts are known. */
  public Look(long startEpochNanos, List<SeriesLook> series) {
    this(startEpochNanos, series, LookFacts.UNKNOWN);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the events of an objective spread over bounds of time, at one moment.
 *
 * @param boundNanos ascending
 * @param slower by bound: adjusted count of the events that are strictly slower, in units of 2^-20
 * @param total all events, likewise
 * @param exemplars at most one between two neighbouring bounds
 */
public record DurationSpread(
    List<Long> boundNanos, List<Long> slower, long total, long sumNanos, List<Exemplar> exemplars) {
  public DurationSpread {
    boundNanos = List.copyOf(boundNanos);
    slower = List.copyOf(slower);
    exemplars = List.copyOf(exemplars);
    if (boundNanos.size() != slower.size()) {
      throw new IllegalArgumentException(slower.size() + " counts at " + boundNanos + " bounds");
    }
  }

  /** Events that are strictly slower than one of the bounds. */
  public long slowerThan(long nanos) {
    int index = boundNanos.indexOf(nanos);
    if (index < 0) {
      throw new IllegalArgumentException(nanos + " is none of " + boundNanos);
    }
    return slower.get(index);
  }

  /** The latest of those with {@code from < duration <= to}; null when there is none. */
  public @Nullable Exemplar exemplar(long fromNanos, long toNanos) {
    Exemplar latest = null;
    for (Exemplar exemplar : exemplars) {
      boolean within = exemplar.durationNanos() > fromNanos && exemplar.durationNanos() <= toNanos;
      if (within && (latest == null || exemplar.epochMillis() > latest.epochMillis())) {
        latest = exemplar;
      }
    }
    return latest;
  }
}

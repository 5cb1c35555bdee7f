// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When an objective alerts.
 *
 * @param tiers those that are switched on, shortest window first
 * @param minValid fewer valid events in a tier's long window are too few to alert; 0 is no limit
 * @param minBad likewise of bad events
 * @param noData null when silence is no reason to alert
 */
public record Alerting(
    List<BurnTier> tiers, long minValid, long minBad, @Nullable NoDataAlert noData) {
  public Alerting {
    if (minValid < 0 || minBad < 0) {
      throw new IllegalArgumentException("minimum events must not be negative");
    }
    tiers = List.copyOf(tiers);
  }

  /** The tiers alone. */
  public static Alerting of(List<BurnTier> tiers) {
    return new Alerting(tiers, 0, 0, null);
  }

  /** The usual tiers for {@code period}, without further conditions. */
  public static Alerting defaultsFor(Duration period) {
    return of(BurnTier.defaultsFor(period));
  }
}

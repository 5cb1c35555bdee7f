// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/** The three objectives that every package has without anybody writing a file. */
public final class DefaultObjectives {
  private static final Duration PERIOD = Duration.ofDays(7);
  private static final Duration INIT_THRESHOLD = Duration.ofMillis(120);

  private DefaultObjectives() {}

  /** 95 % of inits within 120 ms, 0.3 panics per 10,000 calls, 99.9 % of API calls, over 7 days. */
  public static List<Slo> all() {
    return List.of(
        slo("init-latency", "Package init latency", Slo.Sli.INIT_LATENCY, "0.95"),
        slo("panic-rate", "Package panic rate", Slo.Sli.PANIC_RATE, "0.99997"),
        slo("availability", "API availability", Slo.Sli.AVAILABILITY, "0.999"));
  }

  private static Slo slo(String id, String name, Slo.Sli sli, String target) {
    return new Slo(
        id,
        name,
        sli,
        "*",
        "*",
        new BigDecimal(target),
        PERIOD,
        sli.isLatency() ? INIT_THRESHOLD : null,
        BurnTier.defaultsFor(PERIOD),
        null);
  }
}

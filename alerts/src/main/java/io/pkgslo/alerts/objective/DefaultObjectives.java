// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The objectives that exist without anybody writing a file: three for every package, and three for
 * the Go runtimes of every service.
 */
public final class DefaultObjectives {
  private static final Duration PERIOD = Duration.ofDays(7);
  private static final Duration INIT_THRESHOLD = Duration.ofMillis(120);

  /** Share of slices of 10 s of a process in which its runtime must be well. */
  private static final String RUNTIME_TARGET = "0.99";

  private DefaultObjectives() {}

  /** Those of packages, then those of runtimes. */
  public static List<Slo> all() {
    return Stream.of(ofPackages(), ofRuntimes()).flatMap(List::stream).toList();
  }

  /** 95 % of inits within 120 ms, 0.3 panics per 10,000 calls, 99.9 % of API calls, over 7 days. */
  static List<Slo> ofPackages() {
    return List.of(
        slo("init-latency", "Package init latency", Slo.Sli.INIT_LATENCY, "0.95"),
        slo("panic-rate", "Package panic rate", Slo.Sli.PANIC_RATE, "0.99997"),
        slo("availability", "API availability", Slo.Sli.AVAILABILITY, "0.999"));
  }

  /**
   * 99 % of slices without more than 5,000 goroutines, without more than 800 MB of heap for 3
   * slices on end, without 10 ms of garbage collection pauses, over 7 days.
   */
  static List<Slo> ofRuntimes() {
    return List.of(
        runtime("goroutines", "Goroutines of a process", "go.goroutine.count", "5000", 1),
        runtime("heap-in-use", "Heap in use of a process", "go.memory.used", "800000000", 3),
        runtime("gc-pauses", "GC pauses of a process", "go.memory.gc.pause.total", "0.01", 1));
  }

  private static Slo runtime(String id, String name, String metric, String above, int slices) {
    return new Slo(
        id,
        name,
        new PackageSli(
            Slo.Sli.RUNTIME,
            "*",
            "*",
            "*",
            Set.of(),
            false,
            null,
            new RuntimeThreshold(metric, new BigDecimal(above), slices)),
        new BigDecimal(RUNTIME_TARGET),
        PERIOD,
        null,
        Budgeting.OCCURRENCES,
        Alerting.of(BurnTier.defaultsFor(PERIOD)),
        List.of(),
        Notes.runbook(null));
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

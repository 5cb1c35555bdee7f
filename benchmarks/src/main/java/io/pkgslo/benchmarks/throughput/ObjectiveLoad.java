// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks.throughput;

import io.pkgslo.alerts.objective.DefaultObjectives;
import io.pkgslo.alerts.objective.Slo;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The objectives that the analyzer counts for: what a span costs should not depend on them. */
sealed interface ObjectiveLoad {
  List<Slo> objectives();

  /** Those that exist without a file. */
  record Defaults() implements ObjectiveLoad {
    @Override
    public List<Slo> objectives() {
      return DefaultObjectives.all();
    }
  }

  /**
   * The default ones, and others of services that send nothing.
   *
   * @param others how many
   */
  record WithOthers(int others) implements ObjectiveLoad {
    @Override
    public List<Slo> objectives() {
      return Stream.concat(
              DefaultObjectives.all().stream(),
              IntStream.range(0, others)
                  .mapToObj(i -> slo("other-" + i, "silent-" + i, Duration.ofDays(30))))
          .toList();
    }
  }

  /**
   * One objective of every package, over a rolling period.
   *
   * @param period its length
   */
  record OverPeriod(Duration period) implements ObjectiveLoad {
    @Override
    public List<Slo> objectives() {
      return List.of(slo("errors", "*", period));
    }
  }

  private static Slo slo(String id, String service, Duration period) {
    return new Slo(
        id,
        id,
        Slo.Sli.AVAILABILITY,
        service,
        "*",
        new BigDecimal("0.999"),
        period,
        null,
        List.of(),
        null);
  }
}

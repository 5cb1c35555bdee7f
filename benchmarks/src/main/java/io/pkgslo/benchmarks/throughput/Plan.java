// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks.throughput;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What {@code quick}, {@code full}, {@code flat} and {@code signals} measure. */
final class Plan {
  private Plan() {}

  /** One topic, few runs: enough to see a change of 15 % or more. */
  static List<Workload> quick() {
    return List.of(
        new Workload("synthetic-lz4", Workload.packages(), "lz4", 5_000_000, 3_000_000, 3));
  }

  /** Every kind of topic; medians of five runs for the one that the targets speak of. */
  static List<Workload> full() {
    return List.of(
        new Workload("synthetic-lz4", Workload.packages(), "lz4", 10_000_000, 5_000_000, 5),
        new Workload("synthetic-none", Workload.packages(), "none", 6_000_000, 3_000_000, 3),
        new Workload("synthetic-zstd", Workload.packages(), "zstd", 6_000_000, 3_000_000, 3),
        new Workload("shop-lz4", Workload.shop(), "lz4", 6_000_000, 3_000_000, 3),
        new Workload(
            "100k-subjects-lz4", Workload.manySubjects(), "lz4", 10_000_000, 5_000_000, 3));
  }

  /** The same spans under other objectives, and spread over more subjects. */
  static List<Workload> flat() {
    return List.of(
        flat("window-1h", new ObjectiveLoad.OverPeriod(Duration.ofHours(1))),
        flat("window-30d", new ObjectiveLoad.OverPeriod(Duration.ofDays(30))),
        flat("objectives-10", new ObjectiveLoad.WithOthers(10)),
        flat("objectives-1000", new ObjectiveLoad.WithOthers(1_000)),
        new Workload("subjects-1000", Workload.packages(), "lz4", 8_000_000, 4_000_000, 3),
        new Workload("subjects-100000", Workload.manySubjects(), "lz4", 8_000_000, 4_000_000, 3));
  }

  /** What is not a span. */
  static List<Workload> signals() {
    return List.of(
        new Workload("lines-lz4", Workload.lines(), "lz4", 6_000_000, 3_000_000, 3),
        new Workload("points-lz4", Workload.points(), "lz4", 6_000_000, 3_000_000, 3));
  }

  private static Workload flat(String name, ObjectiveLoad objectives) {
    return new Workload(name, Workload.packages(), objectives, "lz4", 8_000_000, 4_000_000, 3);
  }

  static List<Workload> named(String name) {
    return Stream.of(full(), flat(), signals())
        .flatMap(List::stream)
        .filter(workload -> workload.name().equals(name))
        .toList();
  }
}

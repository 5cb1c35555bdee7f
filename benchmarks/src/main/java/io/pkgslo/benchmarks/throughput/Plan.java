// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks.throughput;

import java.util.List;

/** What {@code quick} and {@code full} measure. */
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

  static List<Workload> named(String name) {
    return full().stream().filter(workload -> workload.name().equals(name)).toList();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks.throughput;

import io.pkgslo.benchmarks.load.TopicFiller.Filled;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one workload showed, per alternation.
 *
 * @param rounds each with one measurement of every role
 */
record Results(Workload workload, Filled filled, List<Round> rounds) {
  /**
   * One alternation. {@code ingestBeside} is ingest while the analyzer ran too; both are {@link
   * Measurement#NONE} where the analyzer was left out, as is {@code generated} where the generated
   * classes were.
   */
  record Round(
      Measurement bare,
      Measurement bareBuffer,
      Measurement generated,
      Measurement ingest,
      Measurement ingestBeside,
      Measurement analyzer) {
    /** CPU seconds per million spans of both our processes. */
    double togetherCpu() {
      return ingestBeside.cpuPerMillionSpans() + analyzer.cpuPerMillionSpans();
    }

    /** Beyond the bare consumer's allocation and the bytes handed to the producer. */
    double ownAllocationPerSpan() {
      return ownAllocationBeyond(bare);
    }

    double ownAllocationBeyond(Measurement consumer) {
      return ingest.allocatedPerSpan() - ingest.producedPerSpan() - consumer.allocatedPerSpan();
    }
  }

  Results {
    rounds = List.copyOf(rounds);
  }

  /** Median over the rounds: ratios are taken within a round first. */
  double median(ToDoubleFunction<Round> value) {
    double[] sorted = rounds.stream().mapToDouble(value).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  double ingestVersusBare() {
    return median(r -> r.ingest().spansPerSecond() / r.bare().spansPerSecond());
  }

  double ingestCpuVersusBare() {
    return median(r -> r.ingest().cpuPerMillionSpans() / r.bare().cpuPerMillionSpans());
  }

  double totalCpuVersusBare() {
    return median(r -> r.togetherCpu() / r.bare().cpuPerMillionSpans());
  }
}

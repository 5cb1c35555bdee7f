// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.export;

import io.pkgslo.analyzer.sli.Growth;
import io.pkgslo.analyzer.sli.RuntimeSnapshot;
import io.pkgslo.analyzer.sli.Spread;
import io.pkgslo.analyzer.sli.Waits;
import io.pkgslo.platform.Labels;
import io.prometheus.client.Collector;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What is shown of the Go runtimes of a version of a service. No runtime metric is of a package, so
 * none of these series has one.
 */
final class RuntimeFamilies {
  private RuntimeFamilies() {}

  static List<Family> all() {
    return List.of(
        single(
            "go_service_processes",
            Collector.Type.GAUGE,
            "Processes that sent runtime metrics within the last 5 min.",
            RuntimeSnapshot::processes),
        spread("go_service_goroutines", "Goroutines, over processes.", RuntimeSnapshot::goroutines),
        spread(
            "go_service_heap_bytes",
            "Bytes of heap in use, over processes.",
            RuntimeSnapshot::heapBytes),
        spread(
            "go_service_gc_pause_ratio",
            "Share of wall time that garbage collection stopped the process, over processes.",
            RuntimeSnapshot::pauseShare),
        single(
            "go_service_gc_pause_seconds",
            Collector.Type.COUNTER,
            "Time that garbage collection stopped processes, in all.",
            RuntimeSnapshot::pauseSeconds),
        single(
            "go_service_gc_cycles",
            Collector.Type.COUNTER,
            "Garbage collections, in all.",
            RuntimeSnapshot::collections),
        family(
            "go_service_schedule_latency_seconds",
            Collector.Type.GAUGE,
            "Quantiles of how long goroutines that could run waited for a processor.",
            RuntimeFamilies::waits),
        growth(
            "go_service_goroutine_growth_per_hour",
            "By how many goroutines a process grows, in the median of processes.",
            RuntimeSnapshot::goroutineGrowth,
            Growth::perHour),
        growth(
            "go_service_goroutine_growth_confidence",
            "Near 1 the number of goroutines grows, near 0 it falls.",
            RuntimeSnapshot::goroutineGrowth,
            Growth::confidence),
        growth(
            "go_service_heap_growth_bytes_per_hour",
            "By how many bytes of heap a process grows, in the median of processes.",
            RuntimeSnapshot::heapGrowth,
            Growth::perHour),
        growth(
            "go_service_heap_growth_confidence",
            "Near 1 the heap grows, near 0 it falls.",
            RuntimeSnapshot::heapGrowth,
            Growth::confidence));
  }

  /** Writes the samples of one version of a service. */
  @FunctionalInterface
  private interface Writer {
    void write(Labels service, RuntimeSnapshot runtime, SampleSink sink);
  }

  private static Family family(String name, Collector.Type type, String help, Writer writer) {
    return Family.always(
        name,
        type,
        help,
        (shown, sink) -> {
          RuntimeSnapshot runtime = shown.subject().runtime();
          if (runtime != null) {
            writer.write(shown.labels(), runtime, sink);
          }
        });
  }

  private static Family single(
      String name, Collector.Type type, String help, ToDoubleFunction<RuntimeSnapshot> value) {
    String sample = type == Collector.Type.COUNTER ? name + "_total" : name;
    return family(
        name,
        type,
        help,
        (service, runtime, sink) -> sink.add(sample, service, value.applyAsDouble(runtime)));
  }

  private static Family spread(
      String name, String help, Function<RuntimeSnapshot, @Nullable Spread> of) {
    return family(
        name,
        Collector.Type.GAUGE,
        help,
        (service, runtime, sink) -> {
          Spread spread = of.apply(runtime);
          if (spread != null) {
            quantile(name, service, "0.5", spread.p50(), sink);
            quantile(name, service, "0.95", spread.p95(), sink);
            quantile(name, service, "1", spread.max(), sink);
          }
        });
  }

  private static void waits(Labels service, RuntimeSnapshot runtime, SampleSink sink) {
    Waits waits = runtime.waitSeconds();
    if (waits != null) {
      String name = "go_service_schedule_latency_seconds";
      quantile(name, service, "0.5", waits.p50(), sink);
      quantile(name, service, "0.95", waits.p95(), sink);
      quantile(name, service, "0.99", waits.p99(), sink);
    }
  }

  private static void quantile(
      String name, Labels service, String quantile, double value, SampleSink sink) {
    sink.add(name, service, Names.QUANTILE.of(quantile), value);
  }

  private static Family growth(
      String name,
      String help,
      Function<RuntimeSnapshot, @Nullable Growth> of,
      ToDoubleFunction<Growth> value) {
    return family(
        name,
        Collector.Type.GAUGE,
        help,
        (service, runtime, sink) -> {
          Growth growth = of.apply(runtime);
          if (growth != null) {
            sink.add(name, service, value.applyAsDouble(growth));
          }
        });
  }
}

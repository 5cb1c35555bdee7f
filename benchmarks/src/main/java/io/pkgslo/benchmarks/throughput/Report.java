// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks.throughput;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Results as text for people, and as JSON for whoever compares them. */
final class Report {
  private static final double MEBIBYTE = 1 << 20;
  private static final double NOT_MEASURED = Double.NaN;

  private final Map<String, String> machine;
  private final List<Results> results;
  private final Map<String, Double> collectorCpu;

  /**
   * @param collectorCpu CPU seconds per million spans of the Collector, by workload
   */
  Report(Map<String, String> machine, List<Results> results, Map<String, Double> collectorCpu) {
    this.machine = machine;
    this.results = List.copyOf(results);
    this.collectorCpu = Map.copyOf(collectorCpu);
  }

  /** One line of the table. */
  private record Row(String title, Function<Results.Round, Measurement> of) {}

  private static final List<Row> ROWS =
      List.of(
          new Row("bare byte[] consumer", Results.Round::bare),
          new Row("bare ByteBuffer consumer", Results.Round::bareBuffer),
          new Row("generated classes, parsing", Results.Round::generated),
          new Row("ingest alone", Results.Round::ingest),
          new Row("ingest beside the analyzer", Results.Round::ingestBeside),
          new Row("analyzer", Results.Round::analyzer));

  private double collectorRatio(Results result) {
    Double cpu = collectorCpu.get(result.workload().name());
    return cpu == null ? NOT_MEASURED : cpu / result.median(Results.Round::togetherCpu);
  }

  String text() {
    StringBuilder text = new StringBuilder();
    machine.forEach((name, value) -> text.append(String.format("%-12s %s%n", name, value)));
    results.forEach(result -> text(result, text));
    return text.toString();
  }

  private void text(Results result, StringBuilder text) {
    Workload workload = result.workload();
    text.append(
        String.format(
            Locale.ROOT,
            "%n%s: %,d %s in %,d records, %.0f bytes each; the first %,d warm up; medians of"
                + " %d%n",
            workload.name(),
            result.filled().items(),
            workload.traffic().signal().label(),
            result.filled().records(),
            (double) result.filled().bytes() / result.filled().items(),
            workload.warmSpans(),
            workload.runs()));
    text.append(
        String.format(
            "%-28s %10s %12s %10s %10s %9s %8s %8s %12s%n",
            "process",
            workload.traffic().signal().label() + "/s",
            "CPU s/M",
            "alloc B",
            "produced B",
            "peak MiB",
            "GC s",
            "JIT s",
            "broker s/M"));
    for (Row process : ROWS) {
      if (result.rounds().stream().noneMatch(r -> process.of().apply(r).equals(Measurement.NONE))) {
        row(result, process, text);
      }
    }
    summary(result, text);
  }

  private static void row(Results result, Row process, StringBuilder text) {
    text.append(
        String.format(
            Locale.ROOT,
            "%-28s %,10.0f %12.3f %10.1f %10.1f %9.0f %8.2f %8.2f %12.3f%n",
            process.title(),
            result.median(r -> process.of().apply(r).spansPerSecond()),
            result.median(r -> process.of().apply(r).cpuPerMillionSpans()),
            result.median(r -> process.of().apply(r).allocatedPerSpan()),
            result.median(r -> process.of().apply(r).producedPerSpan()),
            result.median(r -> process.of().apply(r).get(Measurement.PEAK_RSS_BYTES)) / MEBIBYTE,
            result.median(r -> process.of().apply(r).get(Measurement.GC_SECONDS)),
            result.median(r -> process.of().apply(r).get(Measurement.JIT_SECONDS)),
            result.median(r -> brokerPerMillion(process.of().apply(r)))));
  }

  /** The broker works for the warm-up too, so that all spans share its seconds. */
  private static double brokerPerMillion(Measurement measured) {
    return measured.get(Measurement.BROKER_CPU_SECONDS)
        / measured.get(Measurement.TOTAL_SPANS)
        * 1e6;
  }

  private void summary(Results result, StringBuilder text) {
    values(result)
        .forEach(
            (name, value) -> text.append(String.format(Locale.ROOT, "%-34s %.3f%n", name, value)));
  }

  /** The numbers of one workload, by the names of the JSON; without what was not measured. */
  private Map<String, Double> values(Results result) {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("ingest_vs_bare", result.ingestVersusBare());
    values.put("ingest_cpu_vs_bare", result.ingestCpuVersusBare());
    values.put("total_cpu_vs_bare", result.totalCpuVersusBare());
    values.put(
        "bare_spans_per_cpu_second", 1e6 / result.median(r -> r.bare().cpuPerMillionSpans()));
    values.put(
        "ingest_spans_per_cpu_second", 1e6 / result.median(r -> r.ingest().cpuPerMillionSpans()));
    values.put(
        "analyzer_spans_per_cpu_second",
        1e6 / result.median(r -> r.analyzer().cpuPerMillionSpans()));
    values.put("total_cpu_seconds_per_million", result.median(Results.Round::togetherCpu));
    values.put(
        "together_" + result.workload().traffic().signal().label() + "_per_cpu_second",
        1e6 / result.median(Results.Round::togetherCpu));
    if (!result.equals(results.get(0))) {
      values.put(
          "total_cpu_vs_first_workload",
          result.median(Results.Round::togetherCpu)
              / results.get(0).median(Results.Round::togetherCpu));
    }
    values.put("alloc_bytes_per_span", result.median(Results.Round::ownAllocationPerSpan));
    values.put(
        "alloc_bytes_per_span_beyond_buffer_consumer",
        result.median(r -> r.ownAllocationBeyond(r.bareBuffer())));
    values.put(
        "duplicate_horizon_seconds",
        result.median(r -> r.analyzer().get(Measurement.DUPLICATE_HORIZON_SECONDS)));
    values.put("subjects", result.median(r -> r.analyzer().get(Measurement.SUBJECTS)));
    values.put(
        "collector_cpu_seconds_per_million",
        collectorCpu.getOrDefault(result.workload().name(), NOT_MEASURED));
    values.put("collector_cpu_ratio", collectorRatio(result));
    values.values().removeIf(value -> value.isNaN());
    return values;
  }

  /** One object: the first workload's numbers on top, all workloads below. */
  String json() {
    List<String> members = new ArrayList<>();
    values(results.get(0)).forEach((name, value) -> members.add(member(name, value)));
    List<String> each = new ArrayList<>();
    for (Results result : results) {
      List<String> numbers = new ArrayList<>();
      values(result).forEach((name, value) -> numbers.add(member(name, value)));
      each.add(quoted(result.workload().name()) + ":{" + String.join(",", numbers) + "}");
    }
    members.add(quoted("workloads") + ":{" + String.join(",", each) + "}");
    List<String> facts = new ArrayList<>();
    machine.forEach((name, value) -> facts.add(quoted(name) + ":" + quoted(value)));
    members.add(quoted("machine") + ":{" + String.join(",", facts) + "}");
    return "{" + String.join(",", members) + "}";
  }

  private static String member(String name, double value) {
    return quoted(name) + ":" + String.format(Locale.ROOT, "%.4f", value);
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks.throughput;

import io.pkgslo.analyzer.AnalyzerPipeline;
import io.pkgslo.analyzer.AnalyzerSettings;
import io.pkgslo.platform.KafkaSettings;
import io.prometheus.client.Collector;
import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.Predicate;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** The analyzer with its default settings, one thread; done when it shows all that there is. */
final class AnalyzerRole {
  private static final long PATIENCE_MILLIS = 120_000;
  private static final String KEPT = "pkgslo_state_entries";
  private static final String WINDOW = "window";
  private static final String HORIZON = "pkgslo_duplicate_horizon_seconds";

  /** More subjects cost more to sum up: once a second is a dense scrape already. */
  private static final int MANY_SUBJECTS = 10_000;

  private static final long INTERVAL_MILLIS = 250;
  private static final long LONG_INTERVAL_MILLIS = 1_000;

  private final RoleArguments arguments;

  AnalyzerRole(RoleArguments arguments) {
    this.arguments = arguments;
  }

  Measurement run() throws InterruptedException {
    AnalyzerSettings settings = settings();
    try (AnalyzerPipeline analyzer = new AnalyzerPipeline(settings, Clock.systemUTC())) {
      analyzer.start();
      while (!analyzer.isRunning()) {
        Thread.sleep(INTERVAL_MILLIS);
      }
      System.out.println(RoleMain.READY);
      long interval = arguments.subjects() > MANY_SUBJECTS ? LONG_INTERVAL_MILLIS : INTERVAL_MILLIS;
      Measurement measured =
          new Sampler(() -> done(analyzer), () -> 0, interval)
              .watch(arguments.warmSpans(), arguments.spans(), PATIENCE_MILLIS);
      return measured
          .with(Measurement.SUBJECTS, subjects(analyzer))
          .with(Measurement.DUPLICATE_HORIZON_SECONDS, lowest(analyzer, HORIZON));
    }
  }

  private AnalyzerSettings settings() {
    AnalyzerSettings defaults =
        AnalyzerSettings.defaults(
            KafkaSettings.of(arguments.bootstrap()),
            IngestRole.PARTITIONS,
            Path.of(arguments.directory()));
    // The bound of subjects is shared out to the partitions, and services have one subject more.
    int subjects = Math.max(defaults.maxSubjects(), 2 * arguments.subjects());
    return new AnalyzerSettings(
        defaults.kafka(),
        defaults.partitions(),
        new AnalyzerSettings.StreamsSettings(
            "analyzer-" + arguments.run(),
            defaults.streams().directory(),
            defaults.streams().threads(),
            defaults.streams().standbys(),
            defaults.streams().commitInterval()),
        defaults.traces(),
        defaults.processes(),
        defaults.retention(),
        defaults.lateMinutes(),
        subjects,
        subjects,
        defaults.maxLabelSets(),
        defaults.maxObjectives(),
        Duration.ofSeconds(30));
  }

  /** Spans count one by one; of lines and points only what they give is shown. */
  private long done(AnalyzerPipeline analyzer) {
    double marks = sum(analyzer, arguments.signal().mark());
    return Math.round(marks / arguments.marks() * arguments.spans());
  }

  private static double sum(AnalyzerPipeline analyzer, String name) {
    double sum = 0;
    for (Collector collector : analyzer.collectors()) {
      for (MetricFamilySamples family : collector.collect(only(name))) {
        for (MetricFamilySamples.Sample sample : family.samples) {
          sum += sample.name.equals(name) ? sample.value : 0;
        }
      }
    }
    return sum;
  }

  /** Subjects, and one more for each service and version. */
  private static double subjects(AnalyzerPipeline analyzer) {
    return analyzer.collectors().stream()
        .flatMap(collector -> collector.collect(only(KEPT)).stream())
        .flatMap(family -> family.samples.stream())
        .filter(sample -> sample.name.equals(KEPT) && sample.labelValues.contains(WINDOW))
        .mapToDouble(sample -> sample.value)
        .sum();
  }

  private static double lowest(AnalyzerPipeline analyzer, String name) {
    return analyzer.collectors().stream()
        .flatMap(collector -> collector.collect(only(name)).stream())
        .flatMap(family -> family.samples.stream())
        .filter(sample -> sample.name.equals(name))
        .mapToDouble(sample -> sample.value)
        .min()
        .orElse(Double.NaN);
  }

  private static Predicate<String> only(String name) {
    return name::equals;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.export;

import io.pkgslo.platform.MetricsQuery;
import io.prometheus.client.Collector;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One metric family about subjects.
 *
 * @param name without a suffix for counters and histograms
 * @param whenSilent what is still written of a subject that was silent for an hour; null for
 *     nothing
 */
record Family(
    String name, Collector.Type type, String help, Writer writer, @Nullable Writer whenSilent) {
  /** A family that is written of every subject. */
  static Family always(String name, Collector.Type type, String help, Writer writer) {
    return new Family(name, type, help, writer, writer);
  }

  /** A family of which subjects that were silent for an hour have only what {@code silent} says. */
  static Family sparing(
      String name, Collector.Type type, String help, Writer writer, Writer whenSilent) {
    return new Family(name, type, help, writer, whenSilent);
  }

  /** A family that is written of subjects that were seen within the hour. */
  static Family whileActive(String name, Collector.Type type, String help, Writer writer) {
    return new Family(name, type, help, writer, null);
  }

  /** These families, for packages alone: what is known of a runtime is not of a package. */
  static List<Family> ofPackages(List<Family> families) {
    return families.stream().map(Family::ofPackages).toList();
  }

  private Family ofPackages() {
    return new Family(
        name, type, help, ofPackages(writer), whenSilent == null ? null : ofPackages(whenSilent));
  }

  private static Writer ofPackages(Writer writer) {
    return (shown, sink) -> {
      if (shown.subject().runtime() == null) {
        writer.write(shown, sink);
      }
    };
  }

  /** Writes the samples of one subject. */
  @FunctionalInterface
  interface Writer {
    void write(Shown shown, SampleSink sink);
  }

  /** True when some sample of this family can have one of the names that are asked for. */
  boolean isWanted(MetricsQuery query) {
    return query.names().isEmpty() || hasName(query::wantsName);
  }

  boolean hasName(Predicate<String> wanted) {
    return Arrays.stream(of(new CollectedSamples()).getNames()).anyMatch(wanted);
  }

  Collector.MetricFamilySamples of(CollectedSamples sink) {
    return new Collector.MetricFamilySamples(name, type, help, sink.samples());
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.export;

import io.pkgslo.analyzer.sli.ObjectiveSet;
import io.pkgslo.analyzer.sli.ObjectiveVersion;
import io.pkgslo.analyzer.sli.SubjectSnapshot;
import io.pkgslo.platform.Labels;
import io.pkgslo.platform.MetricsQuery;
import io.pkgslo.platform.MetricsText;
import io.pkgslo.platform.StreamedMetrics;
import io.prometheus.client.Collector;
import io.prometheus.client.Predicate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All series about packages, runtimes and objectives. They are streamed: a scrape holds no more of
 * them than what is on its way to the reader, however many subjects there are, and takes no lock.
 * {@link #collect} is for registries that are small.
 *
 * <p>Thread-safe. Each subject is shown as of its last commit; different families of one scrape may
 * see different commits.
 */
public final class SubjectCollector extends Collector
    implements Collector.Describable, StreamedMetrics {
  private static final long ACTIVE_MILLIS = 3_600_000;

  private final CommittedSubjects committed;
  private final Supplier<ObjectiveSet> objectives;
  private final List<Family> families =
      Stream.of(
              PackageFamilies.all(),
              SurroundingsFamilies.all(),
              RuntimeFamilies.all(),
              ObjectiveFamilies.all(),
              ObjectiveDurations.all())
          .flatMap(List::stream)
          .toList();

  public SubjectCollector(CommittedSubjects committed, Supplier<ObjectiveSet> objectives) {
    this.committed = committed;
    this.objectives = objectives;
  }

  @Override
  public void write(MetricsQuery query, MetricsText text) throws IOException {
    try {
      for (Family family : families) {
        if (family.isWanted(query)) {
          write(family, query, new StreamedSamples(family, query, text));
        }
      }
      if (query.services().isEmpty()) {
        writeObjectives(query, text);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void writeObjectives(MetricsQuery query, MetricsText text) throws IOException {
    for (MetricFamilySamples family : objectiveFamilies(objectives.get().latest())) {
      if (!family.samples.isEmpty() && query.wantsName(family.name)) {
        text.family(family.name, family.type, family.help);
        for (MetricFamilySamples.Sample sample : family.samples) {
          text.sample(sample.name, new Labels(sample.labelNames, sample.labelValues), sample.value);
        }
      }
    }
  }

  @Override
  public List<MetricFamilySamples> describe() {
    List<MetricFamilySamples> described = new ArrayList<>();
    families.forEach(family -> described.add(family.of(new CollectedSamples())));
    described.addAll(objectiveFamilies(List.of()));
    return described;
  }

  @Override
  public List<MetricFamilySamples> collect() {
    return collect(null);
  }

  /** What is not wanted is not written to begin with: a single family of many is cheap. */
  @Override
  public List<MetricFamilySamples> collect(@Nullable Predicate<String> sampleNameFilter) {
    List<MetricFamilySamples> collected = new ArrayList<>();
    for (Family family : families) {
      if (sampleNameFilter == null || family.hasName(sampleNameFilter::test)) {
        CollectedSamples sink = new CollectedSamples();
        write(family, MetricsQuery.EVERYTHING, sink);
        collected.add(family.of(sink));
      }
    }
    collected.addAll(objectiveFamilies(objectives.get().latest()));
    return collected.stream()
        .map(family -> family.filter(sampleNameFilter))
        .filter(Objects::nonNull)
        .toList();
  }

  private void write(Family family, MetricsQuery query, SampleSink sink) {
    for (CommittedSubjects.Partition partition : committed.partitions().values()) {
      long now = partition.watermarkMillis();
      for (Map.Entry<String, CommittedSubjects.Service> service : partition.services().entrySet()) {
        if (query.wantsService(service.getKey())) {
          for (Shown shown : service.getValue().subjects()) {
            Family.Writer writer =
                isActive(shown.subject(), now) ? family.writer() : family.whenSilent();
            if (writer != null) {
              writer.write(shown, sink);
            }
          }
        }
      }
    }
  }

  /** Seen within the hour. */
  private static boolean isActive(SubjectSnapshot subject, long nowMillis) {
    return nowMillis == Long.MIN_VALUE
        || subject.counts().lastSeenMillis() >= nowMillis - ACTIVE_MILLIS;
  }

  private static List<MetricFamilySamples> objectiveFamilies(List<ObjectiveVersion> objectives) {
    CollectedSamples info = new CollectedSamples();
    CollectedSamples ratio = new CollectedSamples();
    for (ObjectiveVersion objective : objectives) {
      info.add(
          "slo_info",
          new Labels(
              Names.OBJECTIVE,
              List.of(
                  objective.id(),
                  objective.sli().name().toLowerCase(Locale.ROOT),
                  objective.target().toPlainString(),
                  objective.period().label())),
          1);
      ratio.add(
          "slo_objective_ratio", Names.SLO.of(objective.id()), objective.target().doubleValue());
    }
    return List.of(
        new MetricFamilySamples("slo_info", Type.GAUGE, "The objectives in force.", info.samples()),
        new MetricFamilySamples(
            "slo_objective_ratio", Type.GAUGE, "Target share of good events.", ratio.samples()));
  }
}

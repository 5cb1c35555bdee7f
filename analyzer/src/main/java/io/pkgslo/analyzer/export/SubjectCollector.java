// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.export;

import io.pkgslo.analyzer.sli.ObjectiveSet;
import io.pkgslo.analyzer.sli.ObjectiveVersion;
import io.pkgslo.analyzer.sli.SubjectSnapshot;
import io.prometheus.client.Collector;
import io.prometheus.client.Predicate;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * All series about packages and objectives. Families are made one at a time while they are read, so
 * that a scrape never holds more than one of them, however many subjects there are.
 *
 * <p>Thread-safe. Each subject is shown as of its last commit; different families of one scrape may
 * see different commits.
 */
public final class SubjectCollector extends Collector implements Collector.Describable {
  private static final long ACTIVE_MILLIS = 3_600_000;

  private final CommittedSubjects committed;
  private final Supplier<ObjectiveSet> objectives;
  private final List<Family> families =
      Stream.of(PackageFamilies.all(), SurroundingsFamilies.all(), ObjectiveFamilies.all())
          .flatMap(List::stream)
          .toList();

  public SubjectCollector(CommittedSubjects committed, Supplier<ObjectiveSet> objectives) {
    this.committed = committed;
    this.objectives = objectives;
  }

  @Override
  public List<MetricFamilySamples> describe() {
    List<MetricFamilySamples> described = new ArrayList<>();
    for (Family family : families) {
      described.add(family.of(new SampleSink()));
    }
    described.add(info(List.of()));
    described.add(objectiveRatio(List.of()));
    return described;
  }

  @Override
  public List<MetricFamilySamples> collect() {
    return new Lazily(families);
  }

  @Override
  public List<MetricFamilySamples> collect(Predicate<String> nameFilter) {
    if (nameFilter == null) {
      return collect();
    }
    // The registry filters samples; families without a wanted one need not be made.
    return new Lazily(
        families.stream()
            .filter(
                family ->
                    Arrays.stream(family.of(new SampleSink()).getNames())
                        .anyMatch(nameFilter::test))
            .toList());
  }

  private MetricFamilySamples make(Family family) {
    SampleSink sink = new SampleSink();
    for (CommittedSubjects.Partition partition : committed.partitions().values()) {
      long now = partition.watermarkMillis();
      for (SubjectSnapshot subject : partition.subjects()) {
        if (!family.activeOnly() || isActive(subject, now)) {
          family.writer().write(subject, sink);
        }
      }
    }
    return family.of(sink);
  }

  /** Seen within the hour, or with bad events that some window still covers. */
  private static boolean isActive(SubjectSnapshot subject, long nowMillis) {
    return nowMillis == Long.MIN_VALUE
        || subject.counts().lastSeenMillis() >= nowMillis - ACTIVE_MILLIS
        || subject.slos().stream().anyMatch(slo -> slo.period().bad() > 0);
  }

  private static MetricFamilySamples info(List<ObjectiveVersion> objectives) {
    SampleSink sink = new SampleSink();
    for (ObjectiveVersion objective : objectives) {
      sink.add(
          "slo_info",
          Names.OBJECTIVE,
          List.of(
              objective.id(),
              objective.sli().name().toLowerCase(Locale.ROOT),
              objective.target().toPlainString(),
              objective.period().label()),
          1);
    }
    return new MetricFamilySamples(
        "slo_info", Type.GAUGE, "The objectives in force.", sink.samples());
  }

  private static MetricFamilySamples objectiveRatio(List<ObjectiveVersion> objectives) {
    SampleSink sink = new SampleSink();
    for (ObjectiveVersion objective : objectives) {
      sink.add(
          "slo_objective_ratio",
          Names.SLO_ONLY,
          List.of(objective.id()),
          objective.target().doubleValue());
    }
    return new MetricFamilySamples(
        "slo_objective_ratio", Type.GAUGE, "Target share of good events.", sink.samples());
  }

  /** Families that are made when they are asked for. */
  private final class Lazily extends AbstractList<MetricFamilySamples> {
    private final List<Family> wanted;

    Lazily(List<Family> wanted) {
      this.wanted = wanted;
    }

    @Override
    public MetricFamilySamples get(int index) {
      if (index < wanted.size()) {
        return make(wanted.get(index));
      }
      List<ObjectiveVersion> latest = objectives.get().latest();
      return index == wanted.size() ? info(latest) : objectiveRatio(latest);
    }

    @Override
    public int size() {
      return wanted.size() + 2;
    }
  }
}

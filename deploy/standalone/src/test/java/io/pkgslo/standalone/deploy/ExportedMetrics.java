// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.deploy;

import io.pkgslo.alerts.act.ActMeters;
import io.pkgslo.alerts.export.JudgeMetrics;
import io.pkgslo.alerts.export.NewestVersions;
import io.pkgslo.alerts.export.ObjectiveFileMetrics;
import io.pkgslo.alerts.export.VerdictMetrics;
import io.pkgslo.alerts.gate.http.GateMeters;
import io.pkgslo.alerts.objective.live.ObjectiveStatus;
import io.pkgslo.alerts.rollout.JudgeCounters;
import io.pkgslo.analyzer.RestoreMeters;
import io.pkgslo.analyzer.export.CommittedSubjects;
import io.pkgslo.analyzer.export.EndToEnd;
import io.pkgslo.analyzer.export.StageMeters;
import io.pkgslo.analyzer.export.SubjectCollector;
import io.pkgslo.analyzer.sli.ObjectiveSet;
import io.pkgslo.ingest.record.IngestMeters;
import io.pkgslo.platform.streams.RecordAccounts;
import io.pkgslo.standalone.otlp.OtlpMeters;
import io.prometheus.client.Collector;
import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.CollectorRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the three services put on {@code /metrics}, asked from their collectors. */
final class ExportedMetrics {
  private static final String CREATED = "_created";

  private ExportedMetrics() {}

  /** Types by name; counters with {@code _total}, histograms without any suffix. */
  static Map<String, String> types() {
    Map<String, String> types = new TreeMap<>();
    for (MetricFamilySamples family : families()) {
      String name = family.type == Collector.Type.COUNTER ? family.name + "_total" : family.name;
      types.put(name, family.type.name().toLowerCase(Locale.ROOT));
    }
    return types;
  }

  /** Names as a query has them: of a histogram its buckets, sum and count. */
  static Set<String> seriesNames() {
    return families().stream()
        .flatMap(family -> Arrays.stream(family.getNames()).filter(n -> isSeries(family, n)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean isSeries(MetricFamilySamples family, String name) {
    boolean bare = name.equals(family.name);
    return switch (family.type) {
      case COUNTER, HISTOGRAM -> !bare && !name.endsWith(CREATED);
      default -> bare;
    };
  }

  private static List<MetricFamilySamples> families() {
    CollectorRegistry ingest = new CollectorRegistry();
    Clock clock = Clock.systemUTC();
    new IngestMeters(ingest, clock, List.of());
    CollectorRegistry gates = new CollectorRegistry();
    new GateMeters(gates, List.of());
    new ActMeters(gates);
    CollectorRegistry receiver = new CollectorRegistry();
    new OtlpMeters(receiver);
    return Stream.of(
            Collections.list(ingest.metricFamilySamples()),
            Collections.list(gates.metricFamilySamples()),
            Collections.list(receiver.metricFamilySamples()),
            new StageMeters(clock, List.of()).collect(),
            new RecordAccounts("any", List.of()).collect(),
            new EndToEnd(clock).collector().collect(),
            new RestoreMeters(Path.of("none")).collect(),
            new JudgeMetrics(new JudgeCounters(), 0.01).collect(),
            new ObjectiveFileMetrics(() -> new ObjectiveStatus(0, clock.instant(), 0, 0, 0, null))
                .collect(),
            new SubjectCollector(new CommittedSubjects(), () -> ObjectiveSet.EMPTY).collect(),
            new VerdictMetrics(List::of, clock).collect(),
            new NewestVersions(List::of).collect())
        .flatMap(List::stream)
        .toList();
  }
}

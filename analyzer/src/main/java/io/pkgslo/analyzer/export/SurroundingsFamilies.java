// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.export;

import io.pkgslo.analyzer.sli.LogSeverity;
import io.pkgslo.analyzer.sli.LossKind;
import io.pkgslo.analyzer.sli.LossSnapshot;
import io.pkgslo.analyzer.sli.SurroundingsSnapshot;
import io.prometheus.client.Collector;
import java.util.List;

/**
 * What is shown of a package's log records and lost context. A series exists from its first event
 * on: most packages never have one.
 */
final class SurroundingsFamilies {
  private SurroundingsFamilies() {}

  static List<Family> all() {
    return List.of(
        Family.always(
            "go_package_log_records",
            Collector.Type.COUNTER,
            "Log records of a package.",
            SurroundingsFamilies::logs),
        Family.always(
            "go_package_orphan_log_records",
            Collector.Type.COUNTER,
            "Log records of a package whose span did not come within the horizon.",
            SurroundingsFamilies::orphanLogs),
        losses(
            "go_package_orphan_spans",
            "Spans of a package whose parent never came though its process lives.",
            LossKind.MISSING_PARENT),
        losses(
            "go_package_cut_roots",
            "Roots of kind INTERNAL or CLIENT: their context was cut inside the service.",
            LossKind.ROOT_INSIDE_SERVICE),
        losses(
            "go_package_clients_without_server",
            "CLIENT spans into an instrumented service without a SERVER child.",
            LossKind.CLIENT_WITHOUT_SERVER),
        Family.always(
            "go_package_context_revised",
            Collector.Type.COUNTER,
            "Spans and log records counted as having lost their context whose relative came after all.",
            SurroundingsFamilies::revised));
  }

  private static void logs(Shown shown, SampleSink sink) {
    for (LogSeverity severity : LogSeverity.values()) {
      long count = shown.subject().surroundings().logs(severity);
      if (count > 0) {
        sink.add(
            "go_package_log_records_total",
            shown.labels(),
            Names.SEVERITY.of(severity.label()),
            (double) count);
      }
    }
  }

  private static void orphanLogs(Shown shown, SampleSink sink) {
    if (!shown.subject().surroundings().logs().isEmpty()) {
      sink.add(
          "go_package_orphan_log_records_total",
          shown.labels(),
          (double) shown.subject().surroundings().orphanLogs());
    }
  }

  private static Family losses(String name, String help, LossKind kind) {
    String sample = name + "_total";
    return Family.always(
        name,
        Collector.Type.COUNTER,
        help,
        (shown, sink) -> {
          long spans = 0;
          for (LossSnapshot loss : shown.subject().surroundings().losses()) {
            spans += loss.kind() == kind ? loss.count() : 0;
          }
          if (spans > 0) {
            sink.add(sample, shown.labels(), (double) spans);
          }
        });
  }

  private static void revised(Shown shown, SampleSink sink) {
    SurroundingsSnapshot surroundings = shown.subject().surroundings();
    long logs = surroundings.revisedOrphanLogs();
    if (logs > 0) {
      revised(shown, "orphan_log", logs, sink);
    }
    for (LossSnapshot loss : surroundings.losses()) {
      revised(shown, loss.kind().label(), loss.revised(), sink);
    }
  }

  private static void revised(Shown shown, String kind, long count, SampleSink sink) {
    sink.add(
        "go_package_context_revised_total", shown.labels(), Names.LOSS.of(kind), (double) count);
  }
}

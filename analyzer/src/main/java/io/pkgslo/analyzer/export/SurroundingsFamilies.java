// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.export;

import io.pkgslo.analyzer.sli.LogSeverity;
import io.pkgslo.analyzer.sli.LossKind;
import io.pkgslo.analyzer.sli.LossSnapshot;
import io.pkgslo.analyzer.sli.SubjectSnapshot;
import io.prometheus.client.Collector;
import java.util.List;
import java.util.function.ToLongFunction;

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

  private static void logs(SubjectSnapshot subject, SampleSink sink) {
    for (LogSeverity severity : LogSeverity.values()) {
      long count = subject.surroundings().logs(severity);
      if (count > 0) {
        add("go_package_log_records_total", Names.SEVERITY, subject, severity.label(), count, sink);
      }
    }
  }

  private static void orphanLogs(SubjectSnapshot subject, SampleSink sink) {
    if (!subject.surroundings().logs().isEmpty()) {
      sink.add(
          "go_package_orphan_log_records_total",
          Names.SUBJECT,
          PackageFamilies.labels(subject),
          (double) subject.surroundings().orphanLogs());
    }
  }

  private static Family losses(String name, String help, LossKind kind) {
    ToLongFunction<LossSnapshot> count = loss -> loss.kind() == kind ? loss.count() : 0;
    return Family.always(
        name,
        Collector.Type.COUNTER,
        help,
        (subject, sink) -> {
          long spans = subject.surroundings().losses().stream().mapToLong(count).sum();
          if (spans > 0) {
            sink.add(
                name + "_total", Names.SUBJECT, PackageFamilies.labels(subject), (double) spans);
          }
        });
  }

  private static void revised(SubjectSnapshot subject, SampleSink sink) {
    long logs = subject.surroundings().revisedOrphanLogs();
    if (logs > 0) {
      add("go_package_context_revised_total", Names.LOSS, subject, "orphan_log", logs, sink);
    }
    for (LossSnapshot loss : subject.surroundings().losses()) {
      add(
          "go_package_context_revised_total",
          Names.LOSS,
          subject,
          loss.kind().label(),
          loss.revised(),
          sink);
    }
  }

  private static void add(
      String name,
      List<String> labels,
      SubjectSnapshot subject,
      String last,
      long value,
      SampleSink sink) {
    var key = subject.key();
    sink.add(
        name, labels, List.of(key.service(), key.version(), key.goPackage(), last), (double) value);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.export;

import io.pkgslo.platform.Labels;
import java.util.List;

/** Labels of the series, in the order in which their values are given. */
final class Names {
  static final List<String> SUBJECT = List.of("service", "version", "package");
  static final List<String> SERVICE = List.of("service", "version");
  static final List<String> OBJECTIVE = List.of("slo", "sli", "objective", "period");
  static final List<String> STAGE = List.of("stage");
  static final List<String> STAGE_REASON = List.of("stage", "reason");
  static final List<String> TASK = List.of("stage", "task", "partition");
  static final List<String> TOPIC = List.of("topic");
  static final List<String> TOPIC_REASON = List.of("topic", "reason");

  static final LabelCache SLO = new LabelCache("slo");
  static final LabelCache WINDOW = new LabelCache("window");
  static final LabelCache LE = new LabelCache("le");
  static final LabelCache BREACH = new LabelCache("slo_breach");
  static final LabelCache QUANTILE = new LabelCache("quantile");
  static final LabelCache SEVERITY = new LabelCache("severity");
  static final LabelCache LOSS = new LabelCache("kind");

  /** Values of {@code kind}, by OTLP number. */
  static final List<String> KINDS =
      List.of("unspecified", "internal", "server", "client", "producer", "consumer");

  /** Values of {@code status}, by OTLP number. */
  static final List<String> STATUSES = List.of("unset", "ok", "error");

  /** Labels {@code kind} and {@code status}, by kind x 3 + status. */
  static final List<Labels> KIND_AND_STATUS =
      KINDS.stream()
          .flatMap(kind -> STATUSES.stream().map(status -> List.of(kind, status)))
          .map(values -> new Labels(List.of("kind", "status"), values))
          .toList();

  private Names() {}
}

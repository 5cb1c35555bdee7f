// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.export;

import java.util.List;

/** Labels of the series, in the order in which their values are given. */
final class Names {
  static final List<String> SUBJECT = List.of("service", "version", "package");
  static final List<String> CALLS = List.of("service", "version", "package", "kind", "status");
  static final List<String> QUANTILE = List.of("service", "version", "package", "quantile");
  static final List<String> SERVICE = List.of("service", "version");
  static final List<String> SERVICE_QUANTILE = List.of("service", "version", "quantile");
  static final List<String> SEVERITY = List.of("service", "version", "package", "severity");
  static final List<String> LOSS = List.of("service", "version", "package", "kind");
  static final List<String> BUCKET = List.of("service", "version", "package", "le");
  static final List<String> SLO = List.of("slo", "service", "version", "package");
  static final List<String> SLO_WINDOW = List.of("slo", "service", "version", "package", "window");
  static final List<String> OBJECTIVE = List.of("slo", "sli", "objective", "period");
  static final List<String> SLO_ONLY = List.of("slo");
  static final List<String> STAGE = List.of("stage");
  static final List<String> STAGE_REASON = List.of("stage", "reason");
  static final List<String> TASK = List.of("stage", "task", "partition");
  static final List<String> TOPIC = List.of("topic");
  static final List<String> TOPIC_REASON = List.of("topic", "reason");

  /** Values of {@code kind}, by OTLP number. */
  static final List<String> KINDS =
      List.of("unspecified", "internal", "server", "client", "producer", "consumer");

  /** Values of {@code status}, by OTLP number. */
  static final List<String> STATUSES = List.of("unset", "ok", "error");

  private Names() {}
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.otlp;

import io.pkgslo.model.Topics;
import java.util.Optional;

/** The three signals, and what they are called where. */
enum OtlpSignal {
  TRACES("/v1/traces", "trace.v1.TraceService", Topics.OTLP_SPANS, "resourceSpans"),
  LOGS("/v1/logs", "logs.v1.LogsService", Topics.OTLP_LOGS, "resourceLogs"),
  METRICS("/v1/metrics", "metrics.v1.MetricsService", Topics.OTLP_METRICS, "resourceMetrics");

  private final String path;
  private final String method;
  private final String topic;
  private final String resources;

  OtlpSignal(String path, String service, String topic, String resources) {
    this.path = path;
    this.method = "opentelemetry.proto.collector." + service + "/Export";
    this.topic = topic;
    this.resources = resources;
  }

  static Optional<OtlpSignal> ofPath(String path) {
    for (OtlpSignal signal : values()) {
      if (signal.path.equals(path)) {
        return Optional.of(signal);
      }
    }
    return Optional.empty();
  }

  /**
   * @param method {@code package.Service/Method}
   */
  static Optional<OtlpSignal> ofMethod(String method) {
    for (OtlpSignal signal : values()) {
      if (signal.method.equals(method)) {
        return Optional.of(signal);
      }
    }
    return Optional.empty();
  }

  String topic() {
    return topic;
  }

  /** Name of the list of resources in OTLP/JSON; its field number in protobuf is always 1. */
  String resources() {
    return resources;
  }
}

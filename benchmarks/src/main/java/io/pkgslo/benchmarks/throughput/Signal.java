// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks.throughput;

import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.opentelemetry.proto.logs.v1.LogsData;
import io.opentelemetry.proto.metrics.v1.MetricsData;
import io.opentelemetry.proto.trace.v1.TracesData;
import io.pkgslo.model.Topics;
import java.util.Locale;

/** What a topic is full of. */
enum Signal {
  SPANS(Topics.OTLP_SPANS, TracesData.parser(), "go_package_calls_total"),
  LINES(Topics.OTLP_LOGS, LogsData.parser(), "go_package_panics_total"),
  POINTS(Topics.OTLP_METRICS, MetricsData.parser(), "go_service_gc_cycles_total");

  private final String topic;
  private final Parser<? extends Message> generated;
  private final String mark;

  Signal(String topic, Parser<? extends Message> generated, String mark) {
    this.topic = topic;
    this.generated = generated;
    this.mark = mark;
  }

  String topic() {
    return topic;
  }

  /** Reads a record with the generated classes. */
  Parser<? extends Message> generated() {
    return generated;
  }

  /** The series whose sum says how much the analyzer has done. */
  String mark() {
    return mark;
  }

  /** As reports name them. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}

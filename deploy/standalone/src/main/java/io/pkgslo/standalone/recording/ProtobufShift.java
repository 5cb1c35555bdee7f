// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.recording;

import com.google.protobuf.Message;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.LogsData;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.MetricsData;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.TracesData;
import io.pkgslo.model.Topics;
import java.io.IOException;

/** Moves the times of OTLP in protobuf with the official classes; unknown fields are kept. */
final class ProtobufShift {
  private final TimeShift shift;
  private boolean moved;

  ProtobufShift(TimeShift shift) {
    this.shift = shift;
  }

  /**
   * @throws IOException if the payload is not OTLP
   */
  byte[] apply(String topic, byte[] payload) throws IOException {
    Message result =
        switch (topic) {
          case Topics.OTLP_SPANS -> spans(TracesData.parseFrom(payload));
          case Topics.OTLP_LOGS -> logs(LogsData.parseFrom(payload));
          case Topics.OTLP_METRICS -> metrics(MetricsData.parseFrom(payload));
          default -> throw new IOException("no OTLP topic: " + topic);
        };
    // Foreign bytes may parse as a message of unknown fields only: keep those as they were.
    return moved ? result.toByteArray() : payload;
  }

  private long move(long unixNanos) {
    moved |= unixNanos != 0;
    return shift.nanos(unixNanos);
  }

  private TracesData spans(TracesData data) {
    TracesData.Builder builder = data.toBuilder();
    builder
        .getResourceSpansBuilderList()
        .forEach(
            resource ->
                resource
                    .getScopeSpansBuilderList()
                    .forEach(scope -> scope.getSpansBuilderList().forEach(this::move)));
    return builder.build();
  }

  private void move(Span.Builder span) {
    span.setStartTimeUnixNano(move(span.getStartTimeUnixNano()));
    span.setEndTimeUnixNano(move(span.getEndTimeUnixNano()));
    span.getEventsBuilderList().forEach(e -> e.setTimeUnixNano(move(e.getTimeUnixNano())));
  }

  private LogsData logs(LogsData data) {
    LogsData.Builder builder = data.toBuilder();
    builder
        .getResourceLogsBuilderList()
        .forEach(
            resource ->
                resource
                    .getScopeLogsBuilderList()
                    .forEach(scope -> scope.getLogRecordsBuilderList().forEach(this::move)));
    return builder.build();
  }

  private void move(LogRecord.Builder log) {
    log.setTimeUnixNano(move(log.getTimeUnixNano()));
    log.setObservedTimeUnixNano(move(log.getObservedTimeUnixNano()));
  }

  private MetricsData metrics(MetricsData data) {
    MetricsData.Builder builder = data.toBuilder();
    builder
        .getResourceMetricsBuilderList()
        .forEach(
            resource ->
                resource
                    .getScopeMetricsBuilderList()
                    .forEach(scope -> scope.getMetricsBuilderList().forEach(this::move)));
    return builder.build();
  }

  private void move(Metric.Builder metric) {
    switch (metric.getDataCase()) {
      case GAUGE -> metric.getGaugeBuilder().getDataPointsBuilderList().forEach(this::move);
      case SUM -> metric.getSumBuilder().getDataPointsBuilderList().forEach(this::move);
      case HISTOGRAM -> metric.getHistogramBuilder().getDataPointsBuilderList().forEach(this::move);
      case EXPONENTIAL_HISTOGRAM ->
          metric.getExponentialHistogramBuilder().getDataPointsBuilderList().forEach(this::move);
      case SUMMARY -> metric.getSummaryBuilder().getDataPointsBuilderList().forEach(this::move);
      case DATA_NOT_SET -> {}
    }
  }

  private void move(NumberDataPoint.Builder point) {
    point.setStartTimeUnixNano(move(point.getStartTimeUnixNano()));
    point.setTimeUnixNano(move(point.getTimeUnixNano()));
    point.getExemplarsBuilderList().forEach(this::move);
  }

  private void move(HistogramDataPoint.Builder point) {
    point.setStartTimeUnixNano(move(point.getStartTimeUnixNano()));
    point.setTimeUnixNano(move(point.getTimeUnixNano()));
    point.getExemplarsBuilderList().forEach(this::move);
  }

  private void move(ExponentialHistogramDataPoint.Builder point) {
    point.setStartTimeUnixNano(move(point.getStartTimeUnixNano()));
    point.setTimeUnixNano(move(point.getTimeUnixNano()));
    point.getExemplarsBuilderList().forEach(this::move);
  }

  private void move(SummaryDataPoint.Builder point) {
    point.setStartTimeUnixNano(move(point.getStartTimeUnixNano()));
    point.setTimeUnixNano(move(point.getTimeUnixNano()));
  }

  private void move(Exemplar.Builder exemplar) {
    exemplar.setTimeUnixNano(move(exemplar.getTimeUnixNano()));
  }
}

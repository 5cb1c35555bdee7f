// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.LogsData;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.MetricsData;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** Writes down what the official generated classes say of a message: the truth to compare with. */
final class OfficialDump {
  private final StringBuilder out = new StringBuilder();

  private OfficialDump() {}

  static String of(TracesData data) {
    OfficialDump dump = new OfficialDump();
    data.getResourceSpansList()
        .forEach(
            perResource -> {
              dump.resource(perResource.getResource().getAttributesList());
              perResource
                  .getScopeSpansList()
                  .forEach(
                      perScope -> {
                        dump.scope(perScope.getScope(), perScope.getSchemaUrl());
                        perScope.getSpansList().forEach(dump::span);
                      });
            });
    return dump.out.toString();
  }

  static String of(LogsData data) {
    OfficialDump dump = new OfficialDump();
    data.getResourceLogsList()
        .forEach(
            perResource -> {
              dump.resource(perResource.getResource().getAttributesList());
              perResource
                  .getScopeLogsList()
                  .forEach(
                      perScope -> {
                        dump.scope(perScope.getScope(), perScope.getSchemaUrl());
                        perScope.getLogRecordsList().forEach(dump::logRecord);
                      });
            });
    return dump.out.toString();
  }

  static String of(MetricsData data) {
    OfficialDump dump = new OfficialDump();
    data.getResourceMetricsList()
        .forEach(
            perResource -> {
              dump.resource(perResource.getResource().getAttributesList());
              perResource
                  .getScopeMetricsList()
                  .forEach(
                      perScope -> {
                        dump.scope(perScope.getScope(), perScope.getSchemaUrl());
                        perScope.getMetricsList().forEach(dump::metric);
                      });
            });
    return dump.out.toString();
  }

  private void resource(List<KeyValue> attributes) {
    out.append("resource ");
    attributes(attributes);
  }

  private void scope(InstrumentationScope scope, String schemaUrl) {
    out.append("scope ").append(scope.getName()).append(' ').append(scope.getVersion());
    out.append(' ').append(schemaUrl).append(' ');
    attributes(scope.getAttributesList());
  }

  private void span(Span span) {
    out.append("span ");
    ids(span.getTraceId(), span.getSpanId());
    out.append(' ').append(id(span.getParentSpanId(), 0, 8)).append(' ');
    out.append(span.getTraceState()).append(' ').append(span.getName());
    out.append(' ').append(span.getKindValue()).append(' ').append(span.getStartTimeUnixNano());
    out.append(' ').append(span.getEndTimeUnixNano());
    out.append(' ').append(span.getStatus().getCodeValue());
    out.append(' ').append(span.getStatus().getMessage()).append(' ').append(span.getFlags());
    out.append(' ');
    attributes(asked(span.getAttributesList()));
    out.append(span.getEventsCount()).append(" events\n");
    for (Span.Event event : span.getEventsList()) {
      out.append("event ").append(event.getTimeUnixNano()).append(' ').append(event.getName());
      out.append(' ');
      attributes(asked(event.getAttributesList()));
    }
  }

  private void logRecord(LogRecord log) {
    out.append("log ").append(log.getTimeUnixNano()).append(' ');
    out.append(log.getObservedTimeUnixNano()).append(' ').append(log.getSeverityNumberValue());
    out.append(' ').append(log.getSeverityText()).append(' ');
    value(log.getBody());
    out.append(' ').append(log.getFlags()).append(' ');
    ids(unhex(log.getTraceId(), 32), unhex(log.getSpanId(), 16));
    out.append(' ').append(log.getEventName()).append(' ');
    attributes(log.getAttributesList());
  }

  // Hex digits where the bytes belong: the reference counts them as the id.
  private static ByteString unhex(ByteString id, int digits) {
    String text = id.toString(StandardCharsets.ISO_8859_1);
    return text.matches("[0-9a-fA-F]{" + digits + "}")
        ? ByteString.copyFrom(HexFormat.of().parseHex(text))
        : id;
  }

  private void metric(Metric metric) {
    out.append("metric ").append(metric.getName()).append(' ').append(metric.getDescription());
    out.append(' ').append(metric.getUnit()).append(' ');
    switch (metric.getDataCase()) {
      case GAUGE -> {
        data("GAUGE", 0, false, metric.getGauge().getDataPointsCount());
        metric.getGauge().getDataPointsList().forEach(this::number);
      }
      case SUM -> {
        var sum = metric.getSum();
        int temporality = sum.getAggregationTemporalityValue();
        data("SUM", temporality, sum.getIsMonotonic(), sum.getDataPointsCount());
        sum.getDataPointsList().forEach(this::number);
      }
      case HISTOGRAM -> {
        var histogram = metric.getHistogram();
        int temporality = histogram.getAggregationTemporalityValue();
        data("HISTOGRAM", temporality, false, histogram.getDataPointsCount());
        histogram.getDataPointsList().forEach(this::histogram);
      }
      case EXPONENTIAL_HISTOGRAM -> {
        var histogram = metric.getExponentialHistogram();
        int temporality = histogram.getAggregationTemporalityValue();
        data("EXPONENTIAL_HISTOGRAM", temporality, false, histogram.getDataPointsCount());
        histogram.getDataPointsList().forEach(this::exponential);
      }
      case SUMMARY -> {
        data("SUMMARY", 0, false, metric.getSummary().getDataPointsCount());
        metric.getSummary().getDataPointsList().forEach(this::summary);
      }
      case DATA_NOT_SET -> data("NONE", 0, false, 0);
    }
  }

  private void data(String kind, int temporality, boolean monotonic, int points) {
    String[] names = {"UNSPECIFIED", "DELTA", "CUMULATIVE"};
    boolean known = temporality > 0 && temporality < names.length;
    out.append(kind).append(' ').append(names[known ? temporality : 0]).append(' ');
    out.append(monotonic).append(' ').append(points).append('\n');
  }

  private void point(long start, long time, int flags) {
    out.append("point ").append(start).append(' ').append(time).append(' ');
    out.append((flags & 1) != 0).append(' ');
  }

  private void number(NumberDataPoint point) {
    point(point.getStartTimeUnixNano(), point.getTimeUnixNano(), point.getFlags());
    switch (point.getValueCase()) {
      case AS_INT -> out.append("int ").append(point.getAsInt());
      case AS_DOUBLE -> out.append("double ").append(ViewDump.bits(point.getAsDouble()));
      case VALUE_NOT_SET -> out.append("none");
    }
    out.append(' ');
    attributes(point.getAttributesList());
  }

  private void histogram(HistogramDataPoint point) {
    point(point.getStartTimeUnixNano(), point.getTimeUnixNano(), point.getFlags());
    out.append(point.getCount());
    optional(point.hasSum(), point.getSum());
    optional(point.hasMin(), point.getMin());
    optional(point.hasMax(), point.getMax());
    point.getBucketCountsList().forEach(count -> out.append(" c").append(count));
    point.getExplicitBoundsList().forEach(b -> out.append(" b").append(ViewDump.bits(b)));
    out.append(' ');
    attributes(point.getAttributesList());
  }

  private void exponential(ExponentialHistogramDataPoint point) {
    point(point.getStartTimeUnixNano(), point.getTimeUnixNano(), point.getFlags());
    out.append(point.getCount());
    optional(point.hasSum(), point.getSum());
    optional(point.hasMin(), point.getMin());
    optional(point.hasMax(), point.getMax());
    out.append(' ').append(point.getScale()).append(' ').append(point.getZeroCount());
    out.append(' ').append(ViewDump.bits(point.getZeroThreshold()));
    out.append(' ').append(point.getPositive().getOffset());
    point.getPositive().getBucketCountsList().forEach(count -> out.append(" p").append(count));
    out.append(' ').append(point.getNegative().getOffset());
    point.getNegative().getBucketCountsList().forEach(count -> out.append(" n").append(count));
    out.append(' ');
    attributes(point.getAttributesList());
  }

  private void summary(SummaryDataPoint point) {
    point(point.getStartTimeUnixNano(), point.getTimeUnixNano(), point.getFlags());
    out.append(point.getCount()).append(' ').append(ViewDump.bits(point.getSum())).append(' ');
    attributes(point.getAttributesList());
  }

  private void optional(boolean present, double value) {
    out.append(' ').append(present).append(ViewDump.bits(value));
  }

  private void ids(ByteString trace, ByteString span) {
    out.append(Long.toHexString(id(trace, 0, 16))).append('-');
    out.append(Long.toHexString(id(trace, 8, 16))).append(' ').append(id(span, 0, 8));
  }

  private static long id(ByteString id, int from, int length) {
    return id.size() == length ? id.asReadOnlyByteBuffer().getLong(from) : 0;
  }

  /** Of spans and their events the decoder keeps no attribute that nobody asks for. */
  private static List<KeyValue> asked(List<KeyValue> attributes) {
    return attributes.stream().filter(a -> Signal.ASKED.contains(a.getKey())).toList();
  }

  private void attributes(List<KeyValue> attributes) {
    for (KeyValue attribute : attributes) {
      out.append(attribute.getKey()).append('=');
      value(attribute.getValue());
      out.append(';');
    }
    out.append('\n');
  }

  private void value(AnyValue value) {
    switch (value.getValueCase()) {
      case VALUE_NOT_SET -> out.append('_');
      case STRING_VALUE -> out.append('s').append(value.getStringValue());
      case BYTES_VALUE ->
          out.append('x').append(HexFormat.of().formatHex(value.getBytesValue().toByteArray()));
      case BOOL_VALUE -> out.append('z').append(value.getBoolValue());
      case INT_VALUE -> out.append('i').append(value.getIntValue());
      case DOUBLE_VALUE -> out.append('d').append(ViewDump.bits(value.getDoubleValue()));
      case ARRAY_VALUE -> {
        out.append('[');
        for (AnyValue element : value.getArrayValue().getValuesList()) {
          value(element);
          out.append(',');
        }
        out.append(']');
      }
      case KVLIST_VALUE -> {
        out.append('{');
        for (KeyValue entry : value.getKvlistValue().getValuesList()) {
          out.append(entry.getKey()).append('=');
          value(entry.getValue());
          out.append(',');
        }
        out.append('}');
      }
    }
  }
}

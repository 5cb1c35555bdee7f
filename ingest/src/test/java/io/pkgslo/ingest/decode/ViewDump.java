// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

import java.util.HexFormat;

/** Writes down all that the views say, in the words of {@link OfficialDump}. */
final class ViewDump implements TraceSink, LogSink, MetricSink {
  private final StringBuilder out = new StringBuilder();
  private boolean identities;

  /** Adds the identities of resources, scopes, log records and points. */
  ViewDump withIdentities() {
    identities = true;
    return this;
  }

  String text() {
    return out.toString();
  }

  @Override
  public void resource(ResourceView resource) {
    out.append("resource ");
    attributes(resource.attributes());
    identity(resource.identity());
  }

  @Override
  public void scope(ScopeView scope) {
    out.append("scope ").append(scope.name()).append(' ').append(scope.version());
    out.append(' ').append(scope.schemaUrl()).append(' ');
    attributes(scope.attributes());
    identity(scope.identity());
  }

  @Override
  public void span(SpanView span) {
    out.append("span ");
    ids(span.traceIdHigh(), span.traceIdLow(), span.spanId());
    out.append(' ').append(span.parentSpanId()).append(' ').append(span.traceState());
    out.append(' ').append(span.name()).append(' ').append(span.kind());
    out.append(' ').append(span.startEpochNanos()).append(' ').append(span.endEpochNanos());
    out.append(' ').append(span.statusCode()).append(' ').append(span.statusMessage());
    out.append(' ').append(span.flags()).append(' ');
    attributes(span.attributes());
    out.append(span.eventCount()).append(" events\n");
    SpanEventCursor events = span.events();
    while (events.next()) {
      out.append("event ").append(events.timeEpochNanos()).append(' ').append(events.name());
      out.append(' ');
      attributes(events.attributes());
    }
  }

  @Override
  public void logRecord(LogRecordView log) {
    out.append("log ").append(log.timeEpochNanos()).append(' ').append(log.observedEpochNanos());
    out.append(' ').append(log.severityNumber()).append(' ').append(log.severityText());
    out.append(' ');
    value(log.body());
    out.append(' ').append(log.flags()).append(' ');
    ids(log.traceIdHigh(), log.traceIdLow(), log.spanId());
    out.append(' ').append(log.eventName()).append(' ');
    attributes(log.attributes());
    identity(log.identity());
  }

  @Override
  public void metric(MetricView metric) {
    out.append("metric ").append(metric.name()).append(' ').append(metric.description());
    out.append(' ').append(metric.unit()).append(' ').append(metric.kind());
    out.append(' ').append(metric.temporality()).append(' ').append(metric.isMonotonic());
    out.append(' ').append(metric.pointCount()).append('\n');
  }

  @Override
  public void point(MetricPointView point) {
    out.append("point ").append(point.startEpochNanos()).append(' ').append(point.timeEpochNanos());
    out.append(' ').append(point.hasNoRecordedValue()).append(' ');
    switch (point.metric().kind()) {
      case GAUGE, SUM -> number(point);
      case HISTOGRAM -> histogram(point);
      case EXPONENTIAL_HISTOGRAM -> exponential(point);
      case SUMMARY -> out.append(point.count()).append(' ').append(bits(point.sum()));
      case NONE -> out.append("none");
    }
    out.append(' ');
    attributes(point.attributes());
    identity(point.identity());
  }

  private void number(MetricPointView point) {
    if (point.isInteger()) {
      out.append("int ").append(point.longValue());
    } else if (point.hasValue()) {
      out.append("double ").append(bits(point.value()));
    } else {
      out.append("none");
    }
  }

  private void histogram(MetricPointView point) {
    statistics(point);
    for (int i = 0; i < point.bucketCount(); i++) {
      out.append(" c").append(point.bucketCountAt(i));
    }
    for (int i = 0; i < point.boundCount(); i++) {
      out.append(" b").append(bits(point.boundAt(i)));
    }
  }

  private void exponential(MetricPointView point) {
    statistics(point);
    out.append(' ').append(point.scale()).append(' ').append(point.zeroCount());
    out.append(' ').append(bits(point.zeroThreshold())).append(' ').append(point.positiveOffset());
    for (int i = 0; i < point.bucketCount(); i++) {
      out.append(" p").append(point.bucketCountAt(i));
    }
    out.append(' ').append(point.negativeOffset());
    for (int i = 0; i < point.negativeBucketCount(); i++) {
      out.append(" n").append(point.negativeBucketCountAt(i));
    }
  }

  private void statistics(MetricPointView point) {
    out.append(point.count());
    out.append(' ').append(point.hasSum()).append(bits(point.sum()));
    out.append(' ').append(point.hasMin()).append(bits(point.min()));
    out.append(' ').append(point.hasMax()).append(bits(point.max()));
  }

  private void ids(long traceHigh, long traceLow, long span) {
    out.append(Long.toHexString(traceHigh)).append('-').append(Long.toHexString(traceLow));
    out.append(' ').append(span);
  }

  private void attributes(AttributesView attributes) {
    for (int i = 0; i < attributes.size(); i++) {
      out.append(attributes.keyAt(i)).append('=');
      value(attributes.valueAt(i));
      out.append(';');
    }
    out.append('\n');
  }

  private void value(AnyValueView value) {
    switch (value.kind()) {
      case EMPTY -> out.append('_');
      case STRING -> out.append('s').append(value.text());
      case BYTES -> out.append('x').append(HexFormat.of().formatHex(value.text().toBytes()));
      case BOOL -> out.append('z').append(value.booleanValue());
      case INT -> out.append('i').append(value.longValue());
      case DOUBLE -> out.append('d').append(bits(value.doubleValue()));
      case ARRAY -> {
        out.append('[');
        ElementCursor elements = value.elements();
        while (elements.next()) {
          value(elements.value());
          out.append(',');
        }
        out.append(']');
      }
      case KVLIST -> {
        out.append('{');
        KeyValueCursor entries = value.entries();
        while (entries.next()) {
          out.append(entries.key()).append('=');
          value(entries.value());
          out.append(',');
        }
        out.append('}');
      }
    }
  }

  private void identity(Hash128 identity) {
    if (identities) {
      out.append("identity ").append(identity.high()).append(' ').append(identity.low());
      out.append('\n');
    }
  }

  static long bits(double value) {
    return Double.doubleToLongBits(value);
  }
}

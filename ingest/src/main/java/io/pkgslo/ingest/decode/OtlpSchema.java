// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

import static io.pkgslo.ingest.decode.MessageField.oneof;
import static io.pkgslo.ingest.decode.MessageField.repeated;
import static io.pkgslo.ingest.decode.MessageField.single;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The fields of every {@link MessageType}, in the order of the schema's numbers. */
final class OtlpSchema {
  private static final Map<MessageType, Table> TABLES = new EnumMap<>(MessageType.class);

  static {
    common();
    traces();
    logs();
    metrics();
    points();
    pointParts();
  }

  private OtlpSchema() {}

  /** The fields of one message, by all that they are looked up by. */
  record Table(
      List<MessageField> fields,
      Map<String, MessageField> byName,
      Map<Integer, MessageField> byNumber) {}

  static Table of(MessageType type) {
    Table table = TABLES.get(type);
    if (table == null) {
      throw new IllegalStateException("no fields defined for " + type);
    }
    return table;
  }

  private static void define(MessageType type, MessageField... fields) {
    Map<String, MessageField> byName = new HashMap<>();
    Map<Integer, MessageField> byNumber = new HashMap<>();
    for (MessageField field : fields) {
      byName.put(field.name(), field);
      byNumber.put(field.number(), field);
    }
    TABLES.put(type, new Table(List.of(fields), Map.copyOf(byName), Map.copyOf(byNumber)));
  }

  private static void common() {
    define(
        MessageType.RESOURCE,
        repeated(1, "attributes", MessageType.KEY_VALUE),
        single(2, "droppedAttributesCount", FieldType.INTEGER),
        repeated(3, "entityRefs", MessageType.ENTITY_REF));
    define(
        MessageType.ENTITY_REF,
        single(1, "schemaUrl", FieldType.STRING),
        single(2, "type", FieldType.STRING),
        repeated(3, "idKeys", FieldType.STRING),
        repeated(4, "descriptionKeys", FieldType.STRING));
    define(
        MessageType.SCOPE,
        single(1, "name", FieldType.STRING),
        single(2, "version", FieldType.STRING),
        repeated(3, "attributes", MessageType.KEY_VALUE),
        single(4, "droppedAttributesCount", FieldType.INTEGER));
    define(
        MessageType.KEY_VALUE,
        single(1, "key", FieldType.STRING),
        single(2, "value", MessageType.ANY_VALUE));
    define(
        MessageType.ANY_VALUE,
        oneof(1, "stringValue", FieldType.STRING),
        oneof(2, "boolValue", FieldType.BOOL),
        oneof(3, "intValue", FieldType.INTEGER),
        oneof(4, "doubleValue", FieldType.DOUBLE),
        oneof(5, "arrayValue", MessageType.ARRAY_VALUE),
        oneof(6, "kvlistValue", MessageType.KEY_VALUE_LIST),
        oneof(7, "bytesValue", FieldType.BYTES));
    define(MessageType.ARRAY_VALUE, repeated(1, "values", MessageType.ANY_VALUE));
    define(MessageType.KEY_VALUE_LIST, repeated(1, "values", MessageType.KEY_VALUE));
  }

  private static void traces() {
    define(MessageType.TRACES, repeated(1, "resourceSpans", MessageType.RESOURCE_SPANS));
    define(
        MessageType.RESOURCE_SPANS,
        single(1, "resource", MessageType.RESOURCE),
        repeated(2, "scopeSpans", MessageType.SCOPE_SPANS),
        single(3, "schemaUrl", FieldType.STRING));
    define(
        MessageType.SCOPE_SPANS,
        single(1, "scope", MessageType.SCOPE),
        repeated(2, "spans", MessageType.SPAN),
        single(3, "schemaUrl", FieldType.STRING));
    define(
        MessageType.SPAN,
        single(1, "traceId", FieldType.ID),
        single(2, "spanId", FieldType.ID),
        single(3, "traceState", FieldType.STRING),
        single(4, "parentSpanId", FieldType.ID),
        single(5, "name", FieldType.STRING),
        single(6, "kind", FieldType.ENUM),
        single(7, "startTimeUnixNano", FieldType.FIXED64),
        single(8, "endTimeUnixNano", FieldType.FIXED64),
        repeated(9, "attributes", MessageType.KEY_VALUE),
        single(10, "droppedAttributesCount", FieldType.INTEGER),
        repeated(11, "events", MessageType.SPAN_EVENT),
        single(12, "droppedEventsCount", FieldType.INTEGER),
        repeated(13, "links", MessageType.SPAN_LINK),
        single(14, "droppedLinksCount", FieldType.INTEGER),
        single(15, "status", MessageType.STATUS),
        single(16, "flags", FieldType.FIXED32));
    define(
        MessageType.SPAN_EVENT,
        single(1, "timeUnixNano", FieldType.FIXED64),
        single(2, "name", FieldType.STRING),
        repeated(3, "attributes", MessageType.KEY_VALUE),
        single(4, "droppedAttributesCount", FieldType.INTEGER));
    define(
        MessageType.SPAN_LINK,
        single(1, "traceId", FieldType.ID),
        single(2, "spanId", FieldType.ID),
        single(3, "traceState", FieldType.STRING),
        repeated(4, "attributes", MessageType.KEY_VALUE),
        single(5, "droppedAttributesCount", FieldType.INTEGER),
        single(6, "flags", FieldType.FIXED32));
    define(
        MessageType.STATUS,
        single(2, "message", FieldType.STRING),
        single(3, "code", FieldType.ENUM));
  }

  private static void logs() {
    define(MessageType.LOGS, repeated(1, "resourceLogs", MessageType.RESOURCE_LOGS));
    define(
        MessageType.RESOURCE_LOGS,
        single(1, "resource", MessageType.RESOURCE),
        repeated(2, "scopeLogs", MessageType.SCOPE_LOGS),
        single(3, "schemaUrl", FieldType.STRING));
    define(
        MessageType.SCOPE_LOGS,
        single(1, "scope", MessageType.SCOPE),
        repeated(2, "logRecords", MessageType.LOG_RECORD),
        single(3, "schemaUrl", FieldType.STRING));
    define(
        MessageType.LOG_RECORD,
        single(1, "timeUnixNano", FieldType.FIXED64),
        single(2, "severityNumber", FieldType.ENUM),
        single(3, "severityText", FieldType.STRING),
        single(5, "body", MessageType.ANY_VALUE),
        repeated(6, "attributes", MessageType.KEY_VALUE),
        single(7, "droppedAttributesCount", FieldType.INTEGER),
        single(8, "flags", FieldType.FIXED32),
        single(9, "traceId", FieldType.ID),
        single(10, "spanId", FieldType.ID),
        single(11, "observedTimeUnixNano", FieldType.FIXED64),
        single(12, "eventName", FieldType.STRING));
  }

  private static void metrics() {
    define(MessageType.METRICS, repeated(1, "resourceMetrics", MessageType.RESOURCE_METRICS));
    define(
        MessageType.RESOURCE_METRICS,
        single(1, "resource", MessageType.RESOURCE),
        repeated(2, "scopeMetrics", MessageType.SCOPE_METRICS),
        single(3, "schemaUrl", FieldType.STRING));
    define(
        MessageType.SCOPE_METRICS,
        single(1, "scope", MessageType.SCOPE),
        repeated(2, "metrics", MessageType.METRIC),
        single(3, "schemaUrl", FieldType.STRING));
    define(
        MessageType.METRIC,
        single(1, "name", FieldType.STRING),
        single(2, "description", FieldType.STRING),
        single(3, "unit", FieldType.STRING),
        oneof(5, "gauge", MessageType.GAUGE),
        oneof(7, "sum", MessageType.SUM),
        oneof(9, "histogram", MessageType.HISTOGRAM),
        oneof(10, "exponentialHistogram", MessageType.EXPONENTIAL_HISTOGRAM),
        oneof(11, "summary", MessageType.SUMMARY),
        repeated(12, "metadata", MessageType.KEY_VALUE));
    define(MessageType.GAUGE, repeated(1, "dataPoints", MessageType.NUMBER_POINT));
    define(
        MessageType.SUM,
        repeated(1, "dataPoints", MessageType.NUMBER_POINT),
        single(2, "aggregationTemporality", FieldType.ENUM),
        single(3, "isMonotonic", FieldType.BOOL));
    define(
        MessageType.HISTOGRAM,
        repeated(1, "dataPoints", MessageType.HISTOGRAM_POINT),
        single(2, "aggregationTemporality", FieldType.ENUM));
    define(
        MessageType.EXPONENTIAL_HISTOGRAM,
        repeated(1, "dataPoints", MessageType.EXPONENTIAL_POINT),
        single(2, "aggregationTemporality", FieldType.ENUM));
    define(MessageType.SUMMARY, repeated(1, "dataPoints", MessageType.SUMMARY_POINT));
  }

  private static void points() {
    define(
        MessageType.NUMBER_POINT,
        single(2, "startTimeUnixNano", FieldType.FIXED64),
        single(3, "timeUnixNano", FieldType.FIXED64),
        oneof(4, "asDouble", FieldType.DOUBLE),
        repeated(5, "exemplars", MessageType.EXEMPLAR),
        oneof(6, "asInt", FieldType.FIXED64),
        repeated(7, "attributes", MessageType.KEY_VALUE),
        single(8, "flags", FieldType.INTEGER));
    define(
        MessageType.HISTOGRAM_POINT,
        single(2, "startTimeUnixNano", FieldType.FIXED64),
        single(3, "timeUnixNano", FieldType.FIXED64),
        single(4, "count", FieldType.FIXED64),
        single(5, "sum", FieldType.DOUBLE),
        repeated(6, "bucketCounts", FieldType.FIXED64),
        repeated(7, "explicitBounds", FieldType.DOUBLE),
        repeated(8, "exemplars", MessageType.EXEMPLAR),
        repeated(9, "attributes", MessageType.KEY_VALUE),
        single(10, "flags", FieldType.INTEGER),
        single(11, "min", FieldType.DOUBLE),
        single(12, "max", FieldType.DOUBLE));
    define(
        MessageType.EXPONENTIAL_POINT,
        repeated(1, "attributes", MessageType.KEY_VALUE),
        single(2, "startTimeUnixNano", FieldType.FIXED64),
        single(3, "timeUnixNano", FieldType.FIXED64),
        single(4, "count", FieldType.FIXED64),
        single(5, "sum", FieldType.DOUBLE),
        single(6, "scale", FieldType.ZIGZAG),
        single(7, "zeroCount", FieldType.FIXED64),
        single(8, "positive", MessageType.BUCKETS),
        single(9, "negative", MessageType.BUCKETS),
        single(10, "flags", FieldType.INTEGER),
        repeated(11, "exemplars", MessageType.EXEMPLAR),
        single(12, "min", FieldType.DOUBLE),
        single(13, "max", FieldType.DOUBLE),
        single(14, "zeroThreshold", FieldType.DOUBLE));
  }

  private static void pointParts() {
    define(
        MessageType.BUCKETS,
        single(1, "offset", FieldType.ZIGZAG),
        repeated(2, "bucketCounts", FieldType.INTEGER));
    define(
        MessageType.SUMMARY_POINT,
        single(2, "startTimeUnixNano", FieldType.FIXED64),
        single(3, "timeUnixNano", FieldType.FIXED64),
        single(4, "count", FieldType.FIXED64),
        single(5, "sum", FieldType.DOUBLE),
        repeated(6, "quantileValues", MessageType.QUANTILE_VALUE),
        repeated(7, "attributes", MessageType.KEY_VALUE),
        single(8, "flags", FieldType.INTEGER));
    define(
        MessageType.QUANTILE_VALUE,
        single(1, "quantile", FieldType.DOUBLE),
        single(2, "value", FieldType.DOUBLE));
    define(
        MessageType.EXEMPLAR,
        single(2, "timeUnixNano", FieldType.FIXED64),
        oneof(3, "asDouble", FieldType.DOUBLE),
        single(4, "spanId", FieldType.ID),
        single(5, "traceId", FieldType.ID),
        oneof(6, "asInt", FieldType.FIXED64),
        repeated(7, "filteredAttributes", MessageType.KEY_VALUE));
  }
}

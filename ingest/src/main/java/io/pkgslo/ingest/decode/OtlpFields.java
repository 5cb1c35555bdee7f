// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

import static io.pkgslo.ingest.decode.WireReader.FIXED32;
import static io.pkgslo.ingest.decode.WireReader.FIXED64;
import static io.pkgslo.ingest.decode.WireReader.LENGTH_DELIMITED;
import static io.pkgslo.ingest.decode.WireReader.TYPE_BITS;
import static io.pkgslo.ingest.decode.WireReader.VARINT;

/**
 * Tags (field number and wire type) of the OTLP messages that are read on the hot path, in the
 * order of the schema (opentelemetry-proto 1.9). A field with another wire type than the schema's
 * is an unknown field, as in the official classes.
 */
final class OtlpFields {
  private OtlpFields() {}

  /** TracesData, LogsData, MetricsData and the Export*ServiceRequest messages. */
  static final class Export {
    static final int RESOURCES = (1 << TYPE_BITS) | LENGTH_DELIMITED;

    private Export() {}
  }

  /** ResourceSpans, ResourceLogs and ResourceMetrics. */
  static final class PerResource {
    static final int RESOURCE = (1 << TYPE_BITS) | LENGTH_DELIMITED;
    static final int SCOPES = (2 << TYPE_BITS) | LENGTH_DELIMITED;
    static final int SCHEMA_URL = (3 << TYPE_BITS) | LENGTH_DELIMITED;

    /** The removed instrumentation_library_* field, which old senders still fill. */
    static final int REMOVED_LIBRARIES = (1000 << TYPE_BITS) | LENGTH_DELIMITED;

    private PerResource() {}
  }

  /** Resource. */
  static final class Resource {
    static final int ATTRIBUTES = (1 << TYPE_BITS) | LENGTH_DELIMITED;
    static final int DROPPED_ATTRIBUTES_COUNT = (2 << TYPE_BITS) | VARINT;
    static final int ENTITY_REFS = (3 << TYPE_BITS) | LENGTH_DELIMITED;

    private Resource() {}
  }

  /** ScopeSpans, ScopeLogs and ScopeMetrics. */
  static final class PerScope {
    static final int SCOPE = (1 << TYPE_BITS) | LENGTH_DELIMITED;
    static final int ITEMS = (2 << TYPE_BITS) | LENGTH_DELIMITED;
    static final int SCHEMA_URL = (3 << TYPE_BITS) | LENGTH_DELIMITED;

    private PerScope() {}
  }

  /** InstrumentationScope. */
  static final class Scope {
    static final int NAME = (1 << TYPE_BITS) | LENGTH_DELIMITED;
    static final int VERSION = (2 << TYPE_BITS) | LENGTH_DELIMITED;
    static final int ATTRIBUTES = (3 << TYPE_BITS) | LENGTH_DELIMITED;

    private Scope() {}
  }

  /** KeyValue. */
  static final class KeyValue {
    static final int KEY = (1 << TYPE_BITS) | LENGTH_DELIMITED;
    static final int VALUE = (2 << TYPE_BITS) | LENGTH_DELIMITED;

    private KeyValue() {}
  }

  /** AnyValue, and the one field of ArrayValue and KeyValueList. */
  static final class AnyValue {
    static final int STRING = (1 << TYPE_BITS) | LENGTH_DELIMITED;
    static final int BOOL = (2 << TYPE_BITS) | VARINT;
    static final int INT = (3 << TYPE_BITS) | VARINT;
    static final int DOUBLE = (4 << TYPE_BITS) | FIXED64;
    static final int ARRAY = (5 << TYPE_BITS) | LENGTH_DELIMITED;
    static final int KVLIST = (6 << TYPE_BITS) | LENGTH_DELIMITED;
    static final int BYTES = (7 << TYPE_BITS) | LENGTH_DELIMITED;

    static final int ELEMENTS = (1 << TYPE_BITS) | LENGTH_DELIMITED;

    private AnyValue() {}
  }

  /** Span. */
  static final class Span {
    static final int TRACE_ID = (1 << TYPE_BITS) | LENGTH_DELIMITED;
    static final int SPAN_ID = (2 << TYPE_BITS) | LENGTH_DELIMITED;
    static final int TRACE_STATE = (3 << TYPE_BITS) | LENGTH_DELIMITED;
    static final int PARENT_SPAN_ID = (4 << TYPE_BITS) | LENGTH_DELIMITED;
    static final int NAME = (5 << TYPE_BITS) | LENGTH_DELIMITED;
    static final int KIND = (6 << TYPE_BITS) | VARINT;
    static final int START_TIME = (7 << TYPE_BITS) | FIXED64;
    static final int END_TIME = (8 << TYPE_BITS) | FIXED64;
    static final int ATTRIBUTES = (9 << TYPE_BITS) | LENGTH_DELIMITED;
    static final int EVENTS = (11 << TYPE_BITS) | LENGTH_DELIMITED;
    static final int LINKS = (13 << TYPE_BITS) | LENGTH_DELIMITED;
    static final int STATUS = (15 << TYPE_BITS) | LENGTH_DELIMITED;
    static final int FLAGS = (16 << TYPE_BITS) | FIXED32;

    private Span() {}
  }

  /** Span.Event. */
  static final class Event {
    static final int TIME = (1 << TYPE_BITS) | FIXED64;
    static final int NAME = (2 << TYPE_BITS) | LENGTH_DELIMITED;
    static final int ATTRIBUTES = (3 << TYPE_BITS) | LENGTH_DELIMITED;

    private Event() {}
  }

  /** Status. */
  static final class Status {
    static final int MESSAGE = (2 << TYPE_BITS) | LENGTH_DELIMITED;
    static final int CODE = (3 << TYPE_BITS) | VARINT;

    private Status() {}
  }

  /** LogRecord. */
  static final class LogRecord {
    static final int TIME = (1 << TYPE_BITS) | FIXED64;
    static final int SEVERITY_NUMBER = (2 << TYPE_BITS) | VARINT;
    static final int SEVERITY_TEXT = (3 << TYPE_BITS) | LENGTH_DELIMITED;
    static final int BODY = (5 << TYPE_BITS) | LENGTH_DELIMITED;
    static final int ATTRIBUTES = (6 << TYPE_BITS) | LENGTH_DELIMITED;
    static final int FLAGS = (8 << TYPE_BITS) | FIXED32;
    static final int TRACE_ID = (9 << TYPE_BITS) | LENGTH_DELIMITED;
    static final int SPAN_ID = (10 << TYPE_BITS) | LENGTH_DELIMITED;
    static final int OBSERVED_TIME = (11 << TYPE_BITS) | FIXED64;
    static final int EVENT_NAME = (12 << TYPE_BITS) | LENGTH_DELIMITED;

    private LogRecord() {}
  }

  /** Metric. */
  static final class Metric {
    static final int NAME = (1 << TYPE_BITS) | LENGTH_DELIMITED;
    static final int DESCRIPTION = (2 << TYPE_BITS) | LENGTH_DELIMITED;
    static final int UNIT = (3 << TYPE_BITS) | LENGTH_DELIMITED;
    static final int GAUGE = (5 << TYPE_BITS) | LENGTH_DELIMITED;
    static final int SUM = (7 << TYPE_BITS) | LENGTH_DELIMITED;
    static final int HISTOGRAM = (9 << TYPE_BITS) | LENGTH_DELIMITED;
    static final int EXPONENTIAL_HISTOGRAM = (10 << TYPE_BITS) | LENGTH_DELIMITED;
    static final int SUMMARY = (11 << TYPE_BITS) | LENGTH_DELIMITED;
    static final int METADATA = (12 << TYPE_BITS) | LENGTH_DELIMITED;

    private Metric() {}
  }

  /** Gauge, Sum, Histogram, ExponentialHistogram and Summary. */
  static final class MetricData {
    static final int POINTS = (1 << TYPE_BITS) | LENGTH_DELIMITED;
    static final int TEMPORALITY = (2 << TYPE_BITS) | VARINT;
    static final int IS_MONOTONIC = (3 << TYPE_BITS) | VARINT;

    private MetricData() {}
  }

  /** NumberDataPoint. */
  static final class NumberPoint {
    static final int START_TIME = (2 << TYPE_BITS) | FIXED64;
    static final int TIME = (3 << TYPE_BITS) | FIXED64;
    static final int AS_DOUBLE = (4 << TYPE_BITS) | FIXED64;
    static final int EXEMPLARS = (5 << TYPE_BITS) | LENGTH_DELIMITED;
    static final int AS_INT = (6 << TYPE_BITS) | FIXED64;
    static final int ATTRIBUTES = (7 << TYPE_BITS) | LENGTH_DELIMITED;
    static final int FLAGS = (8 << TYPE_BITS) | VARINT;

    private NumberPoint() {}
  }

  /** HistogramDataPoint. */
  static final class HistogramPoint {
    static final int START_TIME = (2 << TYPE_BITS) | FIXED64;
    static final int TIME = (3 << TYPE_BITS) | FIXED64;
    static final int COUNT = (4 << TYPE_BITS) | FIXED64;
    static final int SUM = (5 << TYPE_BITS) | FIXED64;
    static final int BUCKET_COUNTS = (6 << TYPE_BITS) | LENGTH_DELIMITED;
    static final int BUCKET_COUNT = (6 << TYPE_BITS) | FIXED64;
    static final int EXPLICIT_BOUNDS = (7 << TYPE_BITS) | LENGTH_DELIMITED;
    static final int EXPLICIT_BOUND = (7 << TYPE_BITS) | FIXED64;
    static final int EXEMPLARS = (8 << TYPE_BITS) | LENGTH_DELIMITED;
    static final int ATTRIBUTES = (9 << TYPE_BITS) | LENGTH_DELIMITED;
    static final int FLAGS = (10 << TYPE_BITS) | VARINT;
    static final int MIN = (11 << TYPE_BITS) | FIXED64;
    static final int MAX = (12 << TYPE_BITS) | FIXED64;

    private HistogramPoint() {}
  }

  /** ExponentialHistogramDataPoint. */
  static final class ExponentialPoint {
    static final int ATTRIBUTES = (1 << TYPE_BITS) | LENGTH_DELIMITED;
    static final int START_TIME = (2 << TYPE_BITS) | FIXED64;
    static final int TIME = (3 << TYPE_BITS) | FIXED64;
    static final int COUNT = (4 << TYPE_BITS) | FIXED64;
    static final int SUM = (5 << TYPE_BITS) | FIXED64;
    static final int SCALE = (6 << TYPE_BITS) | VARINT;
    static final int ZERO_COUNT = (7 << TYPE_BITS) | FIXED64;
    static final int POSITIVE = (8 << TYPE_BITS) | LENGTH_DELIMITED;
    static final int NEGATIVE = (9 << TYPE_BITS) | LENGTH_DELIMITED;
    static final int FLAGS = (10 << TYPE_BITS) | VARINT;
    static final int EXEMPLARS = (11 << TYPE_BITS) | LENGTH_DELIMITED;
    static final int MIN = (12 << TYPE_BITS) | FIXED64;
    static final int MAX = (13 << TYPE_BITS) | FIXED64;
    static final int ZERO_THRESHOLD = (14 << TYPE_BITS) | FIXED64;

    private ExponentialPoint() {}
  }

  /** ExponentialHistogramDataPoint.Buckets. */
  static final class Buckets {
    static final int OFFSET = (1 << TYPE_BITS) | VARINT;
    static final int BUCKET_COUNTS = (2 << TYPE_BITS) | LENGTH_DELIMITED;
    static final int BUCKET_COUNT = (2 << TYPE_BITS) | VARINT;

    private Buckets() {}
  }

  /** SummaryDataPoint. */
  static final class SummaryPoint {
    static final int START_TIME = (2 << TYPE_BITS) | FIXED64;
    static final int TIME = (3 << TYPE_BITS) | FIXED64;
    static final int COUNT = (4 << TYPE_BITS) | FIXED64;
    static final int SUM = (5 << TYPE_BITS) | FIXED64;
    static final int QUANTILE_VALUES = (6 << TYPE_BITS) | LENGTH_DELIMITED;
    static final int ATTRIBUTES = (7 << TYPE_BITS) | LENGTH_DELIMITED;
    static final int FLAGS = (8 << TYPE_BITS) | VARINT;

    private SummaryPoint() {}
  }
}

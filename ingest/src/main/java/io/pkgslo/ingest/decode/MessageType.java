// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The messages of OTLP (opentelemetry-proto 1.9) as a table, which {@link OtlpSchema} fills: what
 * the slow paths go by, that is JSON, merging of duplicated messages, and checks of messages that
 * nobody reads. The hot path has its own constants, {@link OtlpFields}; a test holds both against
 * the official descriptors.
 */
enum MessageType {
  TRACES,
  LOGS,
  METRICS,
  RESOURCE_SPANS,
  RESOURCE_LOGS,
  RESOURCE_METRICS,
  RESOURCE,
  ENTITY_REF,
  SCOPE_SPANS,
  SCOPE_LOGS,
  SCOPE_METRICS,
  SCOPE,
  KEY_VALUE,
  ANY_VALUE,
  ARRAY_VALUE,
  KEY_VALUE_LIST,
  SPAN,
  SPAN_EVENT,
  SPAN_LINK,
  STATUS,
  LOG_RECORD,
  METRIC,
  GAUGE,
  SUM,
  HISTOGRAM,
  EXPONENTIAL_HISTOGRAM,
  SUMMARY,
  NUMBER_POINT,
  HISTOGRAM_POINT,
  EXPONENTIAL_POINT,
  BUCKETS,
  SUMMARY_POINT,
  QUANTILE_VALUE,
  EXEMPLAR;

  /** All fields, in the order of the schema's numbers. */
  List<MessageField> fields() {
    return OtlpSchema.of(this).fields();
  }

  @Nullable MessageField byName(String jsonName) {
    return OtlpSchema.of(this).byName().get(jsonName);
  }

  @Nullable MessageField byNumber(int number) {
    return OtlpSchema.of(this).byNumber().get(number);
  }

  /** The message that the field of a tag holds; null when it is no message, or unknown. */
  @Nullable MessageType messageAt(int tag) {
    MessageField field = byNumber(tag >>> WireReader.TYPE_BITS);
    return field != null && field.tag() == tag ? field.message() : null;
  }
}

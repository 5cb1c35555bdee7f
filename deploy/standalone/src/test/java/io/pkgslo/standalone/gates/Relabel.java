// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.gates;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogsData;
import io.opentelemetry.proto.metrics.v1.MetricsData;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.TracesData;
import io.pkgslo.model.Topics;

/** Puts a recorded payload into a namespace, with trace ids that no other scene has. */
final class Relabel {
  private final KeyValue namespace;
  private final byte salt;

  Relabel(Scene scene) {
    this.namespace =
        KeyValue.newBuilder()
            .setKey("service.namespace")
            .setValue(AnyValue.newBuilder().setStringValue(scene.namespace()))
            .build();
    this.salt = (byte) scene.ordinal();
  }

  byte[] apply(String topic, byte[] payload) throws InvalidProtocolBufferException {
    return switch (topic) {
      case Topics.OTLP_SPANS -> spans(TracesData.parseFrom(payload).toBuilder());
      case Topics.OTLP_LOGS -> logs(LogsData.parseFrom(payload).toBuilder());
      case Topics.OTLP_METRICS -> metrics(MetricsData.parseFrom(payload).toBuilder());
      default -> throw new IllegalArgumentException("not recorded: " + topic);
    };
  }

  private byte[] spans(TracesData.Builder data) {
    data.getResourceSpansBuilderList()
        .forEach(
            resource -> {
              move(resource.getResourceBuilder());
              resource
                  .getScopeSpansBuilderList()
                  .forEach(scope -> scope.getSpansBuilderList().forEach(this::move));
            });
    return data.build().toByteArray();
  }

  private void move(Span.Builder span) {
    span.setTraceId(salted(span.getTraceId()));
    span.getLinksBuilderList().forEach(link -> link.setTraceId(salted(link.getTraceId())));
  }

  private byte[] logs(LogsData.Builder data) {
    data.getResourceLogsBuilderList()
        .forEach(
            resource -> {
              move(resource.getResourceBuilder());
              resource
                  .getScopeLogsBuilderList()
                  .forEach(
                      scope ->
                          scope
                              .getLogRecordsBuilderList()
                              .forEach(log -> log.setTraceId(salted(log.getTraceId()))));
            });
    return data.build().toByteArray();
  }

  private byte[] metrics(MetricsData.Builder data) {
    data.getResourceMetricsBuilderList().forEach(resource -> move(resource.getResourceBuilder()));
    return data.build().toByteArray();
  }

  private void move(Resource.Builder resource) {
    resource.addAttributes(namespace);
  }

  private ByteString salted(ByteString traceId) {
    if (traceId.isEmpty()) {
      return traceId;
    }
    byte[] id = traceId.toByteArray();
    id[0] ^= salt;
    return ByteString.copyFrom(id);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Records as otelhttp and the Collector's exporter make them: one resource, ten scopes named by
 * import path, spans of about 585 bytes with ten attributes each. Fixed seed.
 */
final class DecodePayloads {
  /** Spans per record. */
  static final int SPANS = 300;

  private static final int SCOPES = 10;
  private static final long SEED = 42;
  private static final long START = 1_700_000_000_000_000_000L;

  private DecodePayloads() {}

  static byte[] traces() {
    return message().toByteArray();
  }

  private static TracesData message() {
    Random random = new Random(SEED);
    Resource.Builder resource = Resource.newBuilder();
    for (String name : List.of("service.name", "service.version", "k8s.pod.uid", "host.name")) {
      resource.addAttributes(text(name, name + "-value-" + random.nextInt(100)));
    }
    ResourceSpans.Builder perResource = ResourceSpans.newBuilder().setResource(resource);
    for (int i = 0; i < SCOPES; i++) {
      ScopeSpans.Builder scope = ScopeSpans.newBuilder();
      scope.getScopeBuilder().setName("github.com/acme/shop/internal/pkg" + i);
      for (int j = 0; j < SPANS / SCOPES; j++) {
        scope.addSpans(span(random));
      }
      perResource.addScopeSpans(scope);
    }
    return TracesData.newBuilder().addResourceSpans(perResource).build();
  }

  private static Span span(Random random) {
    long start = START + random.nextInt(1_000_000_000);
    return Span.newBuilder()
        .setTraceId(bytes(random, 16))
        .setSpanId(bytes(random, 8))
        .setParentSpanId(bytes(random, 8))
        .setName("GET /api/v1/orders/{id}")
        .setKindValue(1 + random.nextInt(5))
        .setStartTimeUnixNano(start)
        .setEndTimeUnixNano(start + random.nextInt(50_000_000))
        .setFlags(0x101)
        .addAttributes(text("http.request.method", "GET"))
        .addAttributes(text("http.route", "/api/v1/orders/{id}"))
        .addAttributes(number("http.response.status_code", 200))
        .addAttributes(text("code.function.name", "github.com/acme/shop/internal/billing.Charge"))
        .addAttributes(text("server.address", "orders.shop.svc.cluster.local"))
        .addAttributes(number("server.port", 8080))
        .addAttributes(text("url.path", "/api/v1/orders/" + random.nextInt(1_000_000)))
        .addAttributes(text("user_agent.original", "Go-http-client/2.0"))
        .addAttributes(text("network.protocol.version", "2"))
        .addAttributes(text("client.address", "10.1." + random.nextInt(256) + ".17"))
        .build();
  }

  private static ByteString bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return ByteString.copyFrom(bytes);
  }

  private static KeyValue text(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  private static KeyValue number(String key, long value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setIntValue(value))
        .build();
  }

  /** The same record as OTLP/JSON. */
  static byte[] tracesJson() {
    ResourceSpans spans = message().getResourceSpans(0);
    String scopes =
        spans.getScopeSpansList().stream()
            .map(
                scope ->
                    "{\"scope\":{\"name\":\""
                        + scope.getScope().getName()
                        + "\"},\"spans\":["
                        + scope.getSpansList().stream()
                            .map(DecodePayloads::json)
                            .collect(Collectors.joining(","))
                        + "]}")
            .collect(Collectors.joining(","));
    String json =
        "{\"resourceSpans\":[{\"resource\":{\"attributes\":"
            + json(spans.getResource().getAttributesList())
            + "},\"scopeSpans\":["
            + scopes
            + "]}]}";
    return json.getBytes(StandardCharsets.UTF_8);
  }

  private static String json(Span span) {
    HexFormat hex = HexFormat.of();
    return "{\"traceId\":\""
        + hex.formatHex(span.getTraceId().toByteArray())
        + "\",\"spanId\":\""
        + hex.formatHex(span.getSpanId().toByteArray())
        + "\",\"parentSpanId\":\""
        + hex.formatHex(span.getParentSpanId().toByteArray())
        + "\",\"name\":\""
        + span.getName()
        + "\",\"kind\":"
        + span.getKindValue()
        + ",\"startTimeUnixNano\":\""
        + span.getStartTimeUnixNano()
        + "\",\"endTimeUnixNano\":\""
        + span.getEndTimeUnixNano()
        + "\",\"flags\":"
        + span.getFlags()
        + ",\"attributes\":"
        + json(span.getAttributesList())
        + "}";
  }

  private static String json(List<KeyValue> attributes) {
    return attributes.stream()
        .map(
            attribute ->
                "{\"key\":\""
                    + attribute.getKey()
                    + "\",\"value\":{"
                    + (attribute.getValue().hasIntValue()
                        ? "\"intValue\":\"" + attribute.getValue().getIntValue() + "\""
                        : "\"stringValue\":\"" + attribute.getValue().getStringValue() + "\"")
                    + "}}")
        .collect(Collectors.joining(",", "[", "]"));
  }
}

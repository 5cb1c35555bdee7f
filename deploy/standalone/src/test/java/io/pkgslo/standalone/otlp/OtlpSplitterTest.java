// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OtlpSplitterTest {
  private static final int LIMIT = 1_000;

  private final OtlpSplitter splitter = new OtlpSplitter(LIMIT);

  @Test
  void protobuf_belowTheLimit_isTheSameBytes() throws OtlpRejection {
    byte[] body = request(100, 200).toByteArray();

    assertThat(splitter.split(OtlpSignal.TRACES, PayloadEncoding.PROTOBUF, body))
        .singleElement()
        .isSameAs(body);
  }

  /** Nothing lost, nothing doubled, order kept, no value over the limit, whatever the sizes. */
  @Test
  void protobuf_aboveTheLimit_isPartedByResource() throws Exception {
    Random random = new Random(11);
    for (int round = 0; round < 200; round++) {
      int[] sizes = random.ints(1 + random.nextInt(12), 0, 900).toArray();
      ExportTraceServiceRequest request = request(sizes);

      List<byte[]> values =
          splitter.split(OtlpSignal.TRACES, PayloadEncoding.PROTOBUF, request.toByteArray());

      List<ResourceSpans> resources = new ArrayList<>();
      for (byte[] value : values) {
        assertThat(value.length).isBetween(1, LIMIT);
        resources.addAll(ExportTraceServiceRequest.parseFrom(value).getResourceSpansList());
      }
      assertThat(resources).isEqualTo(request.getResourceSpansList());
    }
  }

  @Test
  void json_aboveTheLimit_isPartedByResource() throws Exception {
    Random random = new Random(12);
    for (int round = 0; round < 200; round++) {
      JsonArray resources = new JsonArray();
      for (int i = random.nextInt(12); i >= 0; i--) {
        resources.add(new JsonObject().put("schemaUrl", "ü]}".repeat(random.nextInt(200))));
      }
      String body =
          " \r\n\t"
              + new JsonObject().put("other", 1).put("resourceSpans", resources).encodePrettily();

      List<byte[]> values =
          splitter.split(
              OtlpSignal.TRACES, PayloadEncoding.JSON, body.getBytes(StandardCharsets.UTF_8));

      JsonArray found = new JsonArray();
      for (byte[] value : values) {
        assertThat(value.length).isBetween(1, LIMIT);
        assertThat(value[0]).isEqualTo((byte) '{');
        new JsonObject(new String(value, StandardCharsets.UTF_8))
            .getJsonArray("resourceSpans")
            .forEach(found::add);
      }
      assertThat(found).isEqualTo(resources);
    }
  }

  @Test
  void oneResourceAboveTheLimit_isRefusedWithBothNumbers() {
    byte[] body = request(2_000).toByteArray();
    assertThatThrownBy(() -> splitter.split(OtlpSignal.TRACES, PayloadEncoding.PROTOBUF, body))
        .isInstanceOfSatisfying(
            OtlpRejection.class,
            e -> assertThat(e.reason()).isEqualTo(OtlpRejection.Reason.TOO_LARGE))
        .hasMessageMatching("one resource takes 2\\d\\d\\d bytes, the limit is 1000; .*");
  }

  @Test
  void emptyRequests_areNoRecords() throws OtlpRejection {
    assertThat(splitter.split(OtlpSignal.LOGS, PayloadEncoding.PROTOBUF, new byte[0])).isEmpty();
    for (String empty : List.of("{}", " {\"resourceLogs\":[]} ", "{\"resourceLogs\":null}")) {
      assertThat(
              splitter.split(
                  OtlpSignal.LOGS, PayloadEncoding.JSON, empty.getBytes(StandardCharsets.UTF_8)))
          .isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "  ", "[]", "{", "{\"resourceSpans\":[1]}", "{\"resourceSpans\":[{]}", "{}x"})
  void json_malformed_isRefused(String body) {
    assertThatThrownBy(
            () ->
                splitter.split(
                    OtlpSignal.TRACES, PayloadEncoding.JSON, body.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOfSatisfying(
            OtlpRejection.class,
            e -> assertThat(e.reason()).isEqualTo(OtlpRejection.Reason.MALFORMED));
  }

  /** A second field, as in a Jaeger batch; a truncated one; a JSON body under the wrong type. */
  @Test
  void protobuf_malformed_isRefused() {
    byte[] good = request(100, 100).toByteArray();
    byte[][] bodies = {
      {0x12, 1, 0}, {0x0a, 5, 1}, java.util.Arrays.copyOf(good, good.length - 1), {'{', '}'}
    };
    for (byte[] body : bodies) {
      assertThatThrownBy(() -> splitter.split(OtlpSignal.TRACES, PayloadEncoding.PROTOBUF, body))
          .isInstanceOfSatisfying(
              OtlpRejection.class,
              e -> assertThat(e.reason()).isEqualTo(OtlpRejection.Reason.MALFORMED));
    }
  }

  private static ExportTraceServiceRequest request(int... nameLengths) {
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    for (int length : nameLengths) {
      request.addResourceSpans(
          ResourceSpans.newBuilder()
              .addScopeSpans(
                  ScopeSpans.newBuilder().addSpans(Span.newBuilder().setName("x".repeat(length)))));
    }
    return request.build();
  }
}

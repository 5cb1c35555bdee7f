// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What else may stand on an OTLP topic, and what becomes of it. */
class ForeignAndBrokenRecordsTest {
  private static final byte[] TRACE_ID = "0123456789abcdef".getBytes(UTF_8);

  private final Signal.Decoder decoder = Signal.TRACES.decoder();

  private DecodeFailure failureOf(byte[] value) {
    ViewDump heard = new ViewDump();
    MalformedOtlpException e =
        catchThrowableOfType(
            MalformedOtlpException.class, () -> decoder.decode(ByteBuffer.wrap(value), heard));
    assertThat(heard.text()).as("nothing is heard of a failed record").isEmpty();
    assertThat(e).isNotNull();
    return e.failure();
  }

  private static TracesData twoSpans() {
    return TracesData.newBuilder()
        .addResourceSpans(
            ResourceSpans.newBuilder()
                .setResource(Resource.newBuilder().addAttributes(attribute("service.name", "shop")))
                .addScopeSpans(
                    ScopeSpans.newBuilder()
                        .addSpans(Span.newBuilder().setName("first").setTraceId(id(TRACE_ID)))
                        .addSpans(Span.newBuilder().setName("second").setTraceId(id(TRACE_ID)))))
        .build();
  }

  private static ByteString id(byte[] bytes) {
    return ByteString.copyFrom(bytes);
  }

  private static KeyValue attribute(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  @Test
  void decode_tombstoneAndEmptyValue_areEmptyMessages() throws Exception {
    assertThat(decoder.dump(new byte[0])).isEmpty();
    ViewDump heard = new ViewDump();
    new OtlpTraceDecoder(Signal.KEYS, DecodeLimits.DEFAULT).decode(null, heard);
    assertThat(heard.text()).isEmpty();
  }

  @Test
  void decode_everyTruncation_fails() {
    byte[] whole = twoSpans().toByteArray();
    for (int length = 1; length < whole.length; length++) {
      assertThat(failureOf(Arrays.copyOf(whole, length))).isEqualTo(DecodeFailure.TRUNCATED);
    }
  }

  @Test
  void decode_everyTruncationOfJson_fails() {
    byte[] whole =
        "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"name\":\"a\"}]}]}]}".getBytes(UTF_8);
    for (int length = 1; length < whole.length; length++) {
      assertThat(failureOf(Arrays.copyOf(whole, length))).isEqualTo(DecodeFailure.TRUNCATED);
    }
  }

  /** A broken second span must not leave the first one counted. */
  @Test
  void decode_brokenLastSpan_emitsNothing() {
    byte[] value = twoSpans().toByteArray();
    int name = new String(value, ISO_8859_1).indexOf("second");
    value[name - 1] = 100;
    assertThat(failureOf(value)).isEqualTo(DecodeFailure.MALFORMED);
  }

  /** jaeger.proto: one Span per record; 1 trace_id, 2 span_id, 3 operation_name, 6 start_time. */
  @Test
  void decode_jaegerSpan_notOtlp() {
    ByteArrayOutputStream span = new ByteArrayOutputStream();
    field(span, 1, TRACE_ID);
    field(span, 2, "01234567".getBytes(UTF_8));
    field(span, 3, "GET /".getBytes(UTF_8));
    assertThat(failureOf(span.toByteArray())).isEqualTo(DecodeFailure.NOT_OTLP);
  }

  /** zipkin.proto: a list of spans in field 1, which is OTLP's field too. */
  @Test
  void decode_zipkinSpans_notOtlp() {
    ByteArrayOutputStream span = new ByteArrayOutputStream();
    field(span, 1, TRACE_ID);
    field(span, 3, "01234567".getBytes(UTF_8));
    field(span, 5, "get /".getBytes(UTF_8));
    ByteArrayOutputStream list = new ByteArrayOutputStream();
    field(list, 1, span.toByteArray());
    field(list, 1, span.toByteArray());
    assertThat(failureOf(list.toByteArray())).isEqualTo(DecodeFailure.NOT_OTLP);
  }

  private static void field(ByteArrayOutputStream out, int number, byte[] content) {
    out.write(number << 3 | 2);
    out.write(content.length);
    out.writeBytes(content);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"traceId\":\"0123456789abcdef\",\"id\":\"01\",\"name\":\"get\"}]",
        "{\"traceID\":\"AQ==\",\"operationName\":\"get\"}",
        "{\"resourceLogs\":[]}"
      })
  void decode_jsonOfOtherFormats_notOtlp(String json) {
    assertThat(failureOf(json.getBytes(UTF_8))).isEqualTo(DecodeFailure.NOT_OTLP);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"resourceSpans\":{}}",
        "{\"resourceSpans\":[1]}",
        "{\"resourceSpans\":[]} {}",
        "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"startTimeUnixNano\":\"1.5\"}]}]}]}",
        "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"startTimeUnixNano\":\"1e999999999\"}]}]}]}",
        "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"startTimeUnixNano\":true}]}]}]}",
        "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"name\":7}]}]}]}",
        "{resourceSpans:[]}"
      })
  void decode_wrongJson_malformed(String json) {
    assertThat(failureOf(json.getBytes(UTF_8))).isEqualTo(DecodeFailure.MALFORMED);
  }

  @Test
  void decode_unknownNamesBesideKnownOnes_areIgnored() throws Exception {
    assertThat(decoder.dump("{\"resourceSpans\":[],\"later\":1}".getBytes(UTF_8))).isEmpty();
    assertThat(decoder.dump("{}".getBytes(UTF_8))).isEmpty();
  }

  @Test
  void decode_leadingWhiteSpace_isJson() throws Exception {
    assertThat(decoder.dump("\n \t{\"resourceSpans\":[{}]}".getBytes(UTF_8)))
        .isEqualTo("resource \n");
  }

  /** 0x0A 0x7B is a line feed and a brace, and also a field 1 of 123 bytes. */
  @Test
  void decode_firstFieldOf123Bytes_isProtobuf() throws Exception {
    ResourceSpans.Builder spans = ResourceSpans.newBuilder();
    while (spans.build().getSerializedSize() < 123) {
      spans.setSchemaUrl(spans.getSchemaUrl() + "x");
    }
    byte[] value = TracesData.newBuilder().addResourceSpans(spans).build().toByteArray();
    assertThat(value).startsWith('\n', '{');
    assertThat(decoder.dump(value)).isEqualTo("resource \n");
  }

  @Test
  void decode_depth_stopsWhereTheOfficialClassesStop() throws Exception {
    // Levels: 3 to the attribute of a resource, then a value, then an array and a value each.
    assertThat(decoder.dump(nested(48))).isNotEmpty();
    assertThat(TracesData.parseFrom(nested(48)).getResourceSpansCount()).isOne();
    assertThat(failureOf(nested(49))).isEqualTo(DecodeFailure.TOO_DEEP);
  }

  private static byte[] nested(int arrays) {
    AnyValue value = AnyValue.newBuilder().setIntValue(1).build();
    for (int i = 0; i < arrays; i++) {
      value = AnyValue.newBuilder().setArrayValue(ArrayValue.newBuilder().addValues(value)).build();
    }
    Resource resource =
        Resource.newBuilder().addAttributes(KeyValue.newBuilder().setValue(value)).build();
    return TracesData.newBuilder()
        .addResourceSpans(ResourceSpans.newBuilder().setResource(resource))
        .build()
        .toByteArray();
  }

  @Test
  void decode_deepJson_tooDeep() {
    String deep =
        "{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"value\":"
            + "{\"arrayValue\":{\"values\":[".repeat(5_000);
    assertThat(failureOf(deep.getBytes(UTF_8))).isEqualTo(DecodeFailure.TOO_DEEP);
    assertThat(failureOf(("{\"unknown\":" + "[".repeat(5_000)).getBytes(UTF_8)))
        .isEqualTo(DecodeFailure.TOO_DEEP);
  }

  @Test
  void decode_overTheLimit_tooLarge() {
    Signal.Decoder small = Signal.TRACES.decoder(new DecodeLimits(10, 100));
    MalformedOtlpException e =
        catchThrowableOfType(
            MalformedOtlpException.class, () -> small.dump(twoSpans().toByteArray()));
    assertThat(e.failure()).isEqualTo(DecodeFailure.TOO_LARGE);
  }

  /** Go programs log broken UTF-8; the record must not be lost for it. */
  @Test
  void decode_brokenUtf8_isReadable() throws Exception {
    byte[] value = twoSpans().toByteArray();
    int name = new String(value, ISO_8859_1).indexOf("second");
    value[name] = (byte) 0xff;
    assertThat(decoder.dump(value)).contains("\ufffdecond");
  }

  @Test
  void decode_directAndReadOnlyBuffers() throws Exception {
    byte[] value = twoSpans().toByteArray();
    String expected = decoder.dump(value);
    ByteBuffer direct = ByteBuffer.allocateDirect(value.length + 7).position(3);
    direct.put(value).limit(3 + value.length).position(3);
    ViewDump fromDirect = new ViewDump();
    decoder.decode(direct, fromDirect);
    ViewDump fromReadOnly = new ViewDump();
    decoder.decode(ByteBuffer.wrap(value).asReadOnlyBuffer(), fromReadOnly);
    assertThat(fromDirect.text()).isEqualTo(expected);
    assertThat(fromReadOnly.text()).isEqualTo(expected);
    assertThat(direct.position()).isEqualTo(3);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Spans as SDKs write them take a reader of their own. It must say what the official classes say,
 * also where one byte makes a plain field an odd or a broken one.
 */
class PlainSpanFieldsTest {
  private static final int LONG_TEXT = 300;

  private final Signal.Decoder decoder = Signal.TRACES.decoder();

  private static KeyValue attribute(String key, AnyValue.Builder value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }

  private static AnyValue.Builder text(String text) {
    return AnyValue.newBuilder().setStringValue(text);
  }

  private static AnyValue.Builder number(long number) {
    return AnyValue.newBuilder().setIntValue(number);
  }

  private static Span.Builder span() {
    return Span.newBuilder()
        .setTraceId(ByteString.copyFrom(new byte[16], 0, 15).concat(ByteString.copyFromUtf8("t")))
        .setSpanId(ByteString.copyFromUtf8("spanspan"))
        .setParentSpanId(ByteString.copyFromUtf8("12345678"))
        .setTraceState("ot=th:8")
        .setName("GET /cart/{id}")
        .setKindValue(2)
        .setStartTimeUnixNano(1_700_000_000_000_000_000L)
        .setEndTimeUnixNano(1_700_000_000_000_000_001L)
        .setFlags(0x301)
        .addAttributes(attribute("http.route", text("/cart/{id}")))
        .addAttributes(attribute("nobody.asks", text("x")))
        .addAttributes(attribute("k", text("")))
        .addAttributes(attribute("service.name", number(500)))
        .addAttributes(attribute("code.function.name", text("github.com/acme/shop/cart.Get")));
  }

  private static byte[] record(Span.Builder... spans) {
    ScopeSpans.Builder scope = ScopeSpans.newBuilder();
    Arrays.stream(spans).forEach(scope::addSpans);
    return TracesData.newBuilder()
        .addResourceSpans(ResourceSpans.newBuilder().addScopeSpans(scope))
        .build()
        .toByteArray();
  }

  private void assertAgreement(byte[] value) {
    String official;
    try {
      official = Signal.TRACES.officialDump(value);
    } catch (InvalidProtocolBufferException e) {
      official = null;
      // Broken UTF-8 alone is no reason for us to refuse a record.
      if (String.valueOf(e.getMessage()).contains("UTF-8")) {
        return;
      }
    }
    String ours;
    try {
      ours = decoder.dump(value);
    } catch (MalformedOtlpException e) {
      // Where only unknown fields are left the official classes see nothing, and we another format.
      if (e.failure() == DecodeFailure.NOT_OTLP) {
        return;
      }
      ours = null;
    }
    assertThat(ours).isEqualTo(official);
  }

  @Test
  void decode_anyByteOfAPlainSpanReplaced_agreesWithTheOfficialClasses() {
    byte[] value = record(span());
    assertAgreement(value);
    for (int at = 0; at < value.length; at++) {
      byte original = value[at];
      for (int other = 0; other < 256; other++) {
        value[at] = (byte) other;
        assertAgreement(value);
      }
      value[at] = original;
    }
  }

  @Test
  void decode_anyByteOfAPlainSpanLeftOut_agreesWithTheOfficialClasses() {
    byte[] value = record(span());
    for (int at = 0; at < value.length; at++) {
      byte[] shorter = Arrays.copyOf(value, value.length - 1);
      System.arraycopy(value, at + 1, shorter, at, value.length - at - 1);
      assertAgreement(shorter);
    }
  }

  /** The length of a text decides how many bytes the lengths around it take. */
  @Test
  void decode_textsOfAnyLength() {
    for (int length = 0; length < LONG_TEXT; length++) {
      String text = "x".repeat(length);
      assertAgreement(record(span().addAttributes(attribute("http.route", text(text)))));
      assertAgreement(record(span().addAttributes(attribute(text, text("value")))));
      assertAgreement(record(span().setName(text).setTraceState(text)));
    }
    assertAgreement(record(span().addAttributes(attribute("k", text("x".repeat(20_000))))));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 127, 128, 16_384, 1L << 62, Long.MAX_VALUE, Long.MIN_VALUE, -1})
  void decode_valuesThatAreNoText(long number) {
    AnyValue.Builder fraction = AnyValue.newBuilder().setDoubleValue(number / 3.0);
    AnyValue.Builder flag = AnyValue.newBuilder().setBoolValue(number % 2 == 0);
    AnyValue.Builder bytes = AnyValue.newBuilder().setBytesValue(ByteString.copyFromUtf8("b"));
    AnyValue.Builder none = AnyValue.newBuilder();
    AnyValue.Builder list = AnyValue.newBuilder();
    list.getArrayValueBuilder().addValues(text("a")).addValues(number(number));
    for (AnyValue.Builder value : List.of(number(number), fraction, flag, bytes, none, list)) {
      assertAgreement(record(span().addAttributes(attribute("k", value)), span()));
    }
  }

  @Test
  void decode_statusOfAnyForm() {
    for (Status.Builder status :
        List.of(
            Status.newBuilder(),
            Status.newBuilder().setCodeValue(2),
            Status.newBuilder().setCodeValue(300),
            Status.newBuilder().setCodeValue(-1),
            Status.newBuilder().setMessage("m"),
            Status.newBuilder().setMessage("m").setCodeValue(1))) {
      assertAgreement(record(span().setStatus(status), span()));
      assertAgreement(record(span().setStatus(status).setKindValue(-7)));
    }
  }

  /** What is decoded last, at the very end of its array, must not be looked at beyond. */
  @Test
  void decode_spansOfFewBytes() {
    byte[] shortest = record(Span.newBuilder());
    assertAgreement(shortest);
    byte[] key = "k".getBytes(StandardCharsets.UTF_8);
    assertThat(Signal.KEYS.find(key, 0, 1)).isEqualTo(Signal.KEYS.id("k"));
    for (int tag = 1; tag < 256; tag++) {
      for (int next = 0; next < 256; next++) {
        byte[] inner = {(byte) tag, (byte) next};
        byte[] value = {0x0a, 6, 0x12, 4, 0x12, 2, inner[0], inner[1]};
        assertAgreement(value);
      }
    }
  }
}

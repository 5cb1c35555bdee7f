// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.LogsData;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class AttributesViewTest {
  private static final AttributeKeys KEYS =
      AttributeKeys.of(List.of("a", "code.function.name", "code.function.nome", "a"));

  private static KeyValue attribute(String key, AnyValue value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }

  private static AnyValue text(String text) {
    return AnyValue.newBuilder().setStringValue(text).build();
  }

  private static AnyValue map(KeyValue... entries) {
    return AnyValue.newBuilder()
        .setKvlistValue(KeyValueList.newBuilder().addAllValues(List.of(entries)))
        .build();
  }

  private static void withRecords(Consumer<LogRecordView> check, LogRecord... records)
      throws MalformedOtlpException {
    LogsData data =
        LogsData.newBuilder()
            .addResourceLogs(
                ResourceLogs.newBuilder()
                    .addScopeLogs(ScopeLogs.newBuilder().addAllLogRecords(List.of(records))))
            .build();
    OtlpLogDecoder decoder = new OtlpLogDecoder(KEYS, DecodeLimits.DEFAULT);
    decoder.decode(
        ByteBuffer.wrap(data.toByteArray()),
        new LogSink() {
          @Override
          public void resource(ResourceView resource) {}

          @Override
          public void scope(ScopeView scope) {}

          @Override
          public void logRecord(LogRecordView log) {
            check.accept(log);
          }
        });
  }

  @Test
  void get_duplicateKeys_lastWins() throws Exception {
    LogRecord log =
        LogRecord.newBuilder()
            .addAttributes(attribute("a", text("first")))
            .addAttributes(attribute("code.function.name", text("f")))
            .addAttributes(attribute("a", text("last")))
            .build();
    withRecords(
        view -> {
          assertThat(view.attributes().size()).isEqualTo(3);
          assertThat(view.attributes().text(KEYS.id("a"))).hasToString("last");
          assertThat(view.attribute(KEYS.id("code.function.name"))).hasToString("f");
          assertThat(view.attribute(KEYS.id("code.function.nome"))).isNull();
        },
        log);
  }

  /** What one record has must not shine through to the next, which has not. */
  @Test
  void get_nextRecordWithoutKey_isAbsent() throws Exception {
    LogRecord with = LogRecord.newBuilder().addAttributes(attribute("a", text("1"))).build();
    LogRecord without = LogRecord.newBuilder().addAttributes(attribute("b", text("1"))).build();
    boolean[] expected = {true, false, true};
    int[] at = {0};
    withRecords(
        view -> assertThat(view.attribute(KEYS.id("a")) != null).isEqualTo(expected[at[0]++]),
        with,
        without,
        with);
    assertThat(at[0]).isEqualTo(3);
  }

  @Test
  void find_pathThroughNestedLists() throws Exception {
    AnyValue body =
        map(
            attribute("context", text("no list")),
            attribute(
                "context",
                map(attribute("trace_id", text("old")), attribute("trace_id", text("t")))),
            attribute("level", text("info")));
    withRecords(
        view -> {
          AnyValueView value = view.body();
          assertThat(value.find(AttributePath.of("context", "trace_id"))).hasToString("t");
          assertThat(value.find(AttributePath.of("level"))).hasToString("info");
          assertThat(value.find(AttributePath.of("level", "deeper"))).isNull();
          assertThat(value.find(AttributePath.of("none"))).isNull();
          assertThat(value)
              .hasToString("{context=no list, context={trace_id=old, trace_id=t}, level=info}");
        },
        LogRecord.newBuilder().setBody(body).build());
  }

  @Test
  void value_askedForAnotherKind_throws() throws Exception {
    withRecords(
        view -> {
          assertThatThrownBy(() -> view.body().longValue())
              .isInstanceOf(IllegalStateException.class);
          assertThat(view.body().text()).hasToString("x");
        },
        LogRecord.newBuilder().setBody(text("x")).build());
  }

  @Test
  void keys_unknownKey_isRefused() {
    assertThat(KEYS.size()).isEqualTo(3);
    assertThat(KEYS.name(KEYS.id("code.function.nome"))).isEqualTo("code.function.nome");
    assertThatThrownBy(() -> KEYS.id("b")).isInstanceOf(IllegalArgumentException.class);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.LogsData;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A log record is known again when it is delivered again, and only then. */
class LogIdentityTest {
  private final OtlpLogDecoder decoder = new OtlpLogDecoder(Signal.KEYS, DecodeLimits.DEFAULT);

  private static LogRecord.Builder line(String body) {
    return LogRecord.newBuilder()
        .setTimeUnixNano(1)
        .setObservedTimeUnixNano(2)
        .setSeverityNumberValue(9)
        .setBody(AnyValue.newBuilder().setStringValue(body))
        .addAttributes(attribute("a", "1"))
        .addAttributes(attribute("b", "2"));
  }

  private static KeyValue attribute(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  private static ResourceLogs group(LogRecord... records) {
    return ResourceLogs.newBuilder()
        .setResource(Resource.newBuilder().addAttributes(attribute("service.name", "shop")))
        .addScopeLogs(ScopeLogs.newBuilder().addAllLogRecords(List.of(records)))
        .build();
  }

  private List<String> identities(ResourceLogs... groups) throws MalformedOtlpException {
    Identities identities = new Identities();
    byte[] value = LogsData.newBuilder().addAllResourceLogs(List.of(groups)).build().toByteArray();
    decoder.decode(ByteBuffer.wrap(value), identities);
    return identities.seen;
  }

  private static final class Identities implements LogSink {
    private final List<String> seen = new ArrayList<>();

    @Override
    public void resource(ResourceView resource) {}

    @Override
    public void scope(ScopeView scope) {}

    @Override
    public void logRecord(LogRecordView log) {
      seen.add(Long.toHexString(log.identity().high()) + Long.toHexString(log.identity().low()));
    }
  }

  @Test
  void identity_groupedOtherwise_isTheSame() throws Exception {
    LogRecord a = line("a").build();
    LogRecord b = line("b").build();
    List<String> together = identities(group(a, b));
    List<String> apart = new ArrayList<>(identities(group(a)));
    apart.addAll(identities(group(b)));
    assertThat(identities(group(a), group(b))).isEqualTo(together);
    assertThat(apart).isEqualTo(together);
  }

  @Test
  void identity_orderOfAttributesAndEntries_doesNotMatter() throws Exception {
    LogRecord swapped =
        line("a")
            .clearAttributes()
            .addAttributes(attribute("b", "2"))
            .addAttributes(attribute("a", "1"))
            .build();
    assertThat(identities(group(swapped))).isEqualTo(identities(group(line("a").build())));
    LogRecord map = line("").setBody(map(attribute("x", "1"), attribute("y", "2"))).build();
    LogRecord swappedMap = line("").setBody(map(attribute("y", "2"), attribute("x", "1"))).build();
    assertThat(identities(group(swappedMap))).isEqualTo(identities(group(map)));
  }

  private static AnyValue map(KeyValue... entries) {
    return AnyValue.newBuilder()
        .setKvlistValue(KeyValueList.newBuilder().addAllValues(List.of(entries)))
        .build();
  }

  /** A loop that logs one line twice within a tick of the clock has logged two lines. */
  @Test
  void identity_equalRecordsOfOneValue_areCounted() throws Exception {
    LogRecord a = line("a").build();
    List<String> three = identities(group(a, a), group(a));
    assertThat(Set.copyOf(three)).hasSize(3);
    assertThat(identities(group(a), group(a, a))).isEqualTo(three);
    assertThat(identities(group(a))).containsExactly(three.get(0));
  }

  @Test
  void identity_anyDifference_makesAnother() throws Exception {
    List<Consumer<LogRecord.Builder>> changes =
        List.of(
            log -> log.setTimeUnixNano(3),
            log -> log.setObservedTimeUnixNano(3),
            log -> log.setSeverityNumberValue(10),
            log -> log.setSeverityText("INFO"),
            log -> log.setBody(AnyValue.newBuilder().setStringValue("b")),
            log -> log.setBody(AnyValue.newBuilder().setBytesValue(ByteString.copyFromUtf8("a"))),
            log -> log.clearBody(),
            log -> log.clearAttributes(),
            log -> log.addAttributes(attribute("c", "")),
            log -> log.setAttributes(0, attribute("a", "2")).setAttributes(1, attribute("b", "1")),
            log -> log.setTraceId(ByteString.copyFromUtf8("0123456789abcdef")),
            log -> log.setSpanId(ByteString.copyFromUtf8("01234567")),
            log -> log.setFlags(1),
            log -> log.setEventName("e"));
    Set<String> all = new TreeSet<>(identities(group(line("a").build())));
    for (Consumer<LogRecord.Builder> change : changes) {
      LogRecord.Builder changed = line("a");
      change.accept(changed);
      all.addAll(identities(group(changed.build())));
    }
    all.addAll(identities(group(line("a").build()).toBuilder().clearResource().build()));
    assertThat(all).hasSize(changes.size() + 2);
  }

  /** 32 hex digits in the trace id's place are the id that they spell. */
  @Test
  void identity_idStoredAsHexDigits_isTheSame() throws Exception {
    String digits = "0af7651916cd43dd8448eb211c80319c";
    byte[] bytes = HexFormat.of().parseHex(digits);
    LogRecord asBytes = line("a").setTraceId(ByteString.copyFrom(bytes)).build();
    LogRecord asDigits = line("a").setTraceId(ByteString.copyFromUtf8(digits)).build();
    assertThat(identities(group(asDigits))).isEqualTo(identities(group(asBytes)));
  }
}

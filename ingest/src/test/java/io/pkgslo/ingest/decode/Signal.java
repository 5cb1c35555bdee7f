// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.opentelemetry.proto.logs.v1.LogsData;
import io.opentelemetry.proto.metrics.v1.MetricsData;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.nio.ByteBuffer;
import java.util.List;

/** The three signals, each decoded by ours and by the official classes. */
enum Signal {
  TRACES,
  LOGS,
  METRICS;

  /** Keys that the decoders under test are asked for; some of them the generator uses. */
  static final List<String> ASKED =
      List.of("service.name", "http.route", "k", "code.function.name", "never");

  static final AttributeKeys KEYS = AttributeKeys.of(ASKED);

  Message defaultInstance() {
    return switch (this) {
      case TRACES -> TracesData.getDefaultInstance();
      case LOGS -> LogsData.getDefaultInstance();
      case METRICS -> MetricsData.getDefaultInstance();
    };
  }

  Message parse(byte[] value) throws InvalidProtocolBufferException {
    return defaultInstance().getParserForType().parseFrom(value);
  }

  Message random(RandomTelemetry random) {
    return switch (this) {
      case TRACES -> random.traces();
      case LOGS -> random.logs();
      case METRICS -> random.metrics();
    };
  }

  String officialDump(byte[] value) throws InvalidProtocolBufferException {
    return switch (this) {
      case TRACES -> OfficialDump.of(TracesData.parseFrom(value));
      case LOGS -> OfficialDump.of(LogsData.parseFrom(value));
      case METRICS -> OfficialDump.of(MetricsData.parseFrom(value));
    };
  }

  /** A decoder that is used again and again, as a consumer does. */
  Decoder decoder() {
    return decoder(DecodeLimits.DEFAULT);
  }

  Decoder decoder(DecodeLimits limits) {
    return switch (this) {
      case TRACES -> new OtlpTraceDecoder(KEYS, limits)::decode;
      case LOGS -> new OtlpLogDecoder(KEYS, limits)::decode;
      case METRICS -> new OtlpMetricDecoder(KEYS, limits)::decode;
    };
  }

  /** What the three decoders have in common. */
  interface Decoder {
    void decode(ByteBuffer value, ViewDump sink) throws MalformedOtlpException;

    default String dump(byte[] value) throws MalformedOtlpException {
      ViewDump dump = new ViewDump();
      decode(ByteBuffer.wrap(value), dump);
      return dump.text();
    }

    default String dumpWithIdentities(byte[] value) throws MalformedOtlpException {
      ViewDump dump = new ViewDump().withIdentities();
      decode(ByteBuffer.wrap(value), dump);
      return dump.text();
    }
  }
}

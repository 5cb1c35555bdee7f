// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.exact;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.nio.ByteBuffer;

/** Attributes and ids of telemetry that is written by hand. */
final class OtlpValues {
  private OtlpValues() {}

  static KeyValue text(String key, String value) {
    return KeyValue.newBuilder().setKey(key).setValue(text(value)).build();
  }

  static AnyValue text(String value) {
    return AnyValue.newBuilder().setStringValue(value).build();
  }

  static KeyValue number(String key, long value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setIntValue(value))
        .build();
  }

  /** A trace id of 16 bytes or a span id of 8. */
  static ByteString id(int length, long number) {
    return ByteString.copyFrom(ByteBuffer.allocate(length).putLong(length - 8, number).array());
  }
}

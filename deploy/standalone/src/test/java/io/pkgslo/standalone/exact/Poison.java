// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.exact;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Records that are no OTLP and have to change nothing (reference: otlp-on-kafka.md). */
enum Poison {
  /** These begin with 0x35, the tag of a field 6, which OTLP's outermost messages do not have. */
  RANDOM("not-otlp") {
    @Override
    byte[] value(byte[] good) {
      byte[] bytes = new byte[512];
      new Random(42).nextBytes(bytes);
      return bytes;
    }
  },
  TRUNCATED("truncated") {
    @Override
    byte[] value(byte[] good) {
      return Arrays.copyOf(good, good.length / 2);
    }
  },
  JAEGER("not-otlp") {
    @Override
    byte[] value(byte[] good) throws IOException {
      return jaegerSpan();
    }
  },
  EMPTY(null) {
    @Override
    byte[] value(byte[] good) {
      return new byte[0];
    }
  },
  TOMBSTONE(null) {
    @Override
    byte @Nullable [] value(byte[] good) {
      return null;
    }
  };

  private final @Nullable String reason;

  Poison(@Nullable String reason) {
    this.reason = reason;
  }

  /** Why it stands among the dead letters; null where it is no error. */
  @Nullable String reason() {
    return reason;
  }

  /**
   * The record's value.
   *
   * @param good value of a sound record of the same topic
   */
  abstract byte @Nullable [] value(byte[] good) throws IOException;

  /** A span as jaeger.api_v2 has it, which the Collector's jaeger_proto encoding writes bare. */
  private static byte[] jaegerSpan() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream span = CodedOutputStream.newInstance(bytes);
    span.writeByteArray(1, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16});
    span.writeByteArray(2, new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
    span.writeString(3, "GET /");
    span.writeUInt32(5, 1);
    span.writeByteArray(10, "\n\bcheckout".getBytes(StandardCharsets.UTF_8));
    span.flush();
    return bytes.toByteArray();
  }
}

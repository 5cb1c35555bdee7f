// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

import com.google.protobuf.Message;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** OTLP/JSON for the tests of the stages behind. */
public final class JsonTelemetry {
  private JsonTelemetry() {}

  /** The message as one of its senders might write it; the seed chooses the spellings. */
  public static byte[] of(Message message, long seed) {
    return new OtlpJsonWriter(new Random(seed)).write(message).getBytes(StandardCharsets.UTF_8);
  }
}

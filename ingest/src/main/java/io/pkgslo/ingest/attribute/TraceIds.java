// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;

/** Trace ids as bytes. */
final class TraceIds {
  private static final int BYTES = 2 * Long.BYTES;

  private TraceIds() {}

  /** 16 bytes, big-endian as on the wire. */
  static ByteString bytes(long high, long low) {
    return ByteString.copyFrom(ByteBuffer.allocate(BYTES).putLong(high).putLong(low).flip());
  }
}

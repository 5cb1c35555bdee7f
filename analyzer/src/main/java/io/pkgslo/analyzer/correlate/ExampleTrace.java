// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;

/** Trace id of an item that stands for others. Mutable, single-threaded. */
final class ExampleTrace {
  private long high;
  private long low;

  void set(long newHigh, long newLow) {
    high = newHigh;
    low = newLow;
  }

  /** 16 bytes, or empty when there is none. */
  ByteString bytes() {
    return high == 0 && low == 0 ? ByteString.EMPTY : bytesOf(high, low);
  }

  static ByteString bytesOf(long high, long low) {
    ByteBuffer trace = ByteBuffer.allocate(2 * Long.BYTES);
    trace.putLong(high).putLong(low).flip();
    return ByteString.copyFrom(trace);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A 128-bit hash of bytes: MurmurHash3 x64 128 (Austin Appleby, public domain). Equal content gives
 * equal hashes; 2^32 different contents collide with a probability of about 2^-65. It does not
 * resist an adversary who wants a collision, and need not: one's own telemetry is all that one can
 * hide with it. Mutable holder of the last result, single-threaded.
 */
public final class Hash128 {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long C1 = 0x87c3_7b91_1142_53d5L;
  private static final long C2 = 0x4cf5_ad43_2745_937fL;
  private static final int BLOCK = 2 * Long.BYTES;
  private static final int BYTE_MASK = 0xff;

  private long high;
  private long low;

  public long high() {
    return high;
  }

  public long low() {
    return low;
  }

  void set(long newHigh, long newLow) {
    high = newHigh;
    low = newLow;
  }

  /** Hashes a slice; see {@link #high()} and {@link #low()}. */
  public Hash128 of(Slice slice) {
    return of(slice.array(), slice.offset(), slice.length());
  }

  /** Hashes a part of an array; see {@link #high()} and {@link #low()}. */
  public Hash128 of(byte[] array, int offset, int length) {
    long h1 = 0;
    long h2 = 0;
    int end = offset + length / BLOCK * BLOCK;
    for (int at = offset; at < end; at += BLOCK) {
      h1 ^= mixFirst((long) LONGS.get(array, at));
      h1 = (Long.rotateLeft(h1, 27) + h2) * 5 + 0x52dc_e729L;
      h2 ^= mixSecond((long) LONGS.get(array, at + Long.BYTES));
      h2 = (Long.rotateLeft(h2, 31) + h1) * 5 + 0x3849_5ab5L;
    }
    int rest = length % BLOCK;
    h1 ^= mixFirst(partial(array, end, Math.min(rest, Long.BYTES)));
    h2 ^= mixSecond(partial(array, end + Long.BYTES, rest - Long.BYTES));
    finish(h1 ^ length, h2 ^ length);
    return this;
  }

  private void finish(long first, long second) {
    long h1 = first + second;
    long h2 = second + h1;
    h1 = avalanche(h1);
    h2 = avalanche(h2);
    h1 += h2;
    h2 += h1;
    set(h1, h2);
  }

  private static long partial(byte[] array, int offset, int count) {
    long value = 0;
    for (int i = count - 1; i >= 0; i--) {
      value = (value << Byte.SIZE) | (array[offset + i] & BYTE_MASK);
    }
    return value;
  }

  private static long mixFirst(long k) {
    return Long.rotateLeft(k * C1, 31) * C2;
  }

  private static long mixSecond(long k) {
    return Long.rotateLeft(k * C2, 33) * C1;
  }

  private static long avalanche(long k) {
    long mixed = k;
    mixed ^= mixed >>> 33;
    mixed *= 0xff51_afd7_ed55_8ccdL;
    mixed ^= mixed >>> 33;
    mixed *= 0xc4ce_b9fe_1a85_ec53L;
    mixed ^= mixed >>> 33;
    return mixed;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import io.pkgslo.ingest.decode.Slice;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Several texts as one key, without joining them into a new object. Each part is preceded by its
 * length, so no two lists of parts give one key. Mutable, single-threaded.
 */
final class CacheKey {
  private static final int ABSENT = -1;
  private static final int FIRST_CAPACITY = 512;

  private final Slice slice = new Slice();
  private byte[] bytes = new byte[FIRST_CAPACITY];
  private int size;

  CacheKey begin() {
    size = 0;
    return this;
  }

  CacheKey add(@Nullable Slice part) {
    if (part == null) {
      length(ABSENT);
      return this;
    }
    length(part.length());
    ensure(part.length());
    System.arraycopy(part.array(), part.offset(), bytes, size, part.length());
    size += part.length();
    return this;
  }

  CacheKey add(String part) {
    length(part.length());
    ensure(2 * part.length());
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      bytes[size++] = (byte) (c >>> Byte.SIZE);
      bytes[size++] = (byte) c;
    }
    return this;
  }

  /** The key; valid until the next {@link #begin}. */
  Slice slice() {
    return slice.wrap(bytes, 0, size);
  }

  private void length(int length) {
    ensure(Integer.BYTES);
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      bytes[size++] = (byte) (length >>> shift);
    }
  }

  private void ensure(int count) {
    if (count > bytes.length - size) {
      bytes = Arrays.copyOf(bytes, Math.max(size + count, 2 * bytes.length));
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import io.pkgslo.ingest.decode.Slice;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Several texts as one key, without joining them into a new object. Each part is preceded by its
 * length, so no two lists of parts give one key. Mutable, single-threaded.
 */
final class CacheKey {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle CHARS =
      MethodHandles.byteArrayViewVarHandle(char[].class, ByteOrder.LITTLE_ENDIAN);
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
    for (int i = 0; i < part.length(); i++, size += Character.BYTES) {
      CHARS.set(bytes, size, part.charAt(i));
    }
    return this;
  }

  CacheKey add(int number) {
    length(number);
    return this;
  }

  /** The key; valid until the next {@link #begin}. */
  Slice slice() {
    return slice.wrap(bytes, 0, size);
  }

  private void length(int length) {
    ensure(Integer.BYTES);
    INTS.set(bytes, size, length);
    size += Integer.BYTES;
  }

  private void ensure(int count) {
    if (count > bytes.length - size) {
      bytes = Arrays.copyOf(bytes, Math.max(size + count, 2 * bytes.length));
    }
  }
}

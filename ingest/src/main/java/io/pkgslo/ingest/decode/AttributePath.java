// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A path of keys into nested lists, such as {@code context}, {@code trace_id}. Immutable. */
public final class AttributePath {
  private final byte[][] keys;

  private AttributePath(byte[][] keys) {
    this.keys = keys;
  }

  /** A path of at least one key, outermost first. */
  public static AttributePath of(String first, String... further) {
    byte[][] keys = new byte[further.length + 1][];
    keys[0] = first.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < further.length; i++) {
      keys[i + 1] = further[i].getBytes(StandardCharsets.UTF_8);
    }
    return new AttributePath(keys);
  }

  int length() {
    return keys.length;
  }

  byte[] key(int index) {
    return keys[index];
  }

  @Override
  public String toString() {
    return Arrays.stream(keys)
        .map(key -> new String(key, StandardCharsets.UTF_8))
        .toList()
        .toString();
  }
}

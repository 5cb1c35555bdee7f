// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

/**
 * Two ints in a long, as the arenas keep them: an offset and a length, or a first row and a count.
 */
final class Packed {
  private static final long LOW_MASK = 0xffff_ffffL;

  private Packed() {}

  static long of(int high, int low) {
    return ((long) high << Integer.SIZE) | (low & LOW_MASK);
  }

  static int high(long packed) {
    return (int) (packed >>> Integer.SIZE);
  }

  static int low(long packed) {
    return (int) packed;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

import java.util.Random;

/**
 * How long and with which seed the random tests run: {@code -Dpkgslo.fuzz.iterations} and {@code
 * -Dpkgslo.fuzz.seed}. Each test prints its seed, so that a failure can be repeated.
 */
final class Fuzz {
  private Fuzz() {}

  static int iterations(int inTheGate) {
    return Integer.getInteger("pkgslo.fuzz.iterations", inTheGate);
  }

  static Random random(String test) {
    long seed = Long.getLong("pkgslo.fuzz.seed", new Random().nextLong());
    System.out.println(test + ": -Dpkgslo.fuzz.seed=" + seed);
    return new Random(seed);
  }

  /** Changes a value in one to four places: bits, bytes, cuts, repeats. */
  static byte[] mutate(byte[] value, Random random) {
    byte[] mutated = value;
    for (int times = 1 + random.nextInt(4); times > 0 && mutated.length > 0; times--) {
      mutated = mutateOnce(mutated, random);
    }
    return mutated;
  }

  private static byte[] mutateOnce(byte[] value, Random random) {
    int at = random.nextInt(value.length);
    int to = Math.min(value.length, at + 1 + random.nextInt(8));
    return switch (random.nextInt(6)) {
      case 0 -> flip(value, at, 1 << random.nextInt(8));
      case 1 -> flip(value, at, 1 + random.nextInt(255));
      case 2 -> splice(value, 0, at, at, at);
      case 3 -> splice(value, 0, at, to, value.length);
      case 4 -> splice(value, 0, to, at, value.length);
      default -> splice(value, 0, at, random.nextInt(value.length), value.length);
    };
  }

  private static byte[] flip(byte[] value, int at, int bits) {
    byte[] flipped = value.clone();
    flipped[at] ^= (byte) bits;
    return flipped;
  }

  private static byte[] splice(byte[] value, int from1, int to1, int from2, int to2) {
    byte[] spliced = new byte[to1 - from1 + to2 - from2];
    System.arraycopy(value, from1, spliced, 0, to1 - from1);
    System.arraycopy(value, from2, spliced, to1 - from1, to2 - from2);
    return spliced;
  }
}

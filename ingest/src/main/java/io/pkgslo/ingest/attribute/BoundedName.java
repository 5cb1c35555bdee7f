// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names of processes and arms become keys of state, so a name that is too long is cut. What was cut
 * off is in a hash at its end: different names stay different, since two processes must never be
 * one, and the bounds on how many of them are kept do the rest.
 */
final class BoundedName {
  /** Longest name that stays as it is. */
  static final int MAX_CHARS = 256;

  private static final int KEPT_CHARS = 200;
  private static final int HASH_BYTES = 8;

  private BoundedName() {}

  /** The name, of at most {@value #MAX_CHARS} characters. */
  static String of(String name) {
    return isTooLong(name) ? start(name) + "~" + hash(name) : name;
  }

  static boolean isTooLong(String name) {
    return name.length() > MAX_CHARS;
  }

  /** Not through the middle of a character. */
  private static String start(String name) {
    boolean splits = Character.isHighSurrogate(name.charAt(KEPT_CHARS - 1));
    return name.substring(0, splits ? KEPT_CHARS - 1 : KEPT_CHARS);
  }

  private static String hash(String name) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

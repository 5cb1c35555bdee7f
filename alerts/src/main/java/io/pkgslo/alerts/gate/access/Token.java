// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A bearer token as it is kept: by its hash. A token is random and long, so a fast hash suffices; a
 * password would need a slow one.
 */
final class Token {
  private static final String HASHED = "sha256=";
  private static final int LEAST_CHARS = 16;

  private final Caller caller;
  private final byte[] hash;

  private Token(Caller caller, byte[] hash) {
    this.caller = caller;
    this.hash = hash;
  }

  /**
   * Reads {@code name:role:token} or {@code name:role:sha256=hex}.
   *
   * @throws IllegalArgumentException if it is neither; the message does not show the token
   */
  static Token parse(String entry, String where) {
    String[] parts = entry.trim().split(":", 3);
    if (parts.length != 3 || parts[0].isBlank()) {
      throw new IllegalArgumentException(
          where + ": expected name:role:token, found " + parts.length + " parts");
    }
    Role role = Role.ofName(parts[1].trim());
    if (role == null) {
      throw new IllegalArgumentException(
          where + ": role of " + parts[0] + " is not viewer, operator or admin");
    }
    return new Token(new Caller(parts[0].trim(), role), hashOf(parts[2].trim(), parts[0], where));
  }

  private static byte[] hashOf(String secret, String name, String where) {
    if (secret.startsWith(HASHED)) {
      try {
        byte[] hash = HexFormat.of().parseHex(secret.substring(HASHED.length()));
        if (hash.length == 32) {
          return hash;
        }
      } catch (IllegalArgumentException e) {
        // Its message would show what was meant to be secret.
      }
      throw new IllegalArgumentException(where + ": hash of " + name + " is not 64 hex digits");
    }
    if (secret.length() < LEAST_CHARS) {
      throw new IllegalArgumentException(
          where + ": token of " + name + " is shorter than " + LEAST_CHARS + " characters");
    }
    return hash(secret);
  }

  static byte[] hash(String secret) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Takes the same time whatever differs. */
  boolean matches(byte[] otherHash) {
    return MessageDigest.isEqual(hash, otherHash);
  }

  Caller caller() {
    return caller;
  }

  /** Without the hash. */
  @Override
  public String toString() {
    return "Token[" + caller.name() + "]";
  }
}

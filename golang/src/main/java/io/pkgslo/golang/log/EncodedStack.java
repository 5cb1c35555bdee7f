// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang.log;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What {@code debug.Stack()} becomes in JSON: it returns bytes, and Go's encoding/json writes bytes
 * in base64 (slog's, zerolog's and logrus' records of {@code "stack", debug.Stack()}). Stateless.
 */
final class EncodedStack {
  /** The start of {@code "goroutine "}. */
  private static final String START = "Z29yb3V0aW5lI";

  private static final int GROUP = 4;

  private EncodedStack() {}

  /** The stack as text, as far as it is whole; any other value as it is. */
  static String plain(String value) {
    if (!value.startsWith(START)) {
      return value;
    }
    String whole = value.substring(0, value.length() - value.length() % GROUP);
    try {
      return new String(Base64.getDecoder().decode(whole), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return value;
    }
  }
}

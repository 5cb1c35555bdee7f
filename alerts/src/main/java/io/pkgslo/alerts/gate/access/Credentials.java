// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.access;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The token in an Authorization header: as a bearer token, or as the password of basic
 * authentication, since Prometheus clients and URLs with a user part know nothing else.
 */
public final class Credentials {
  private static final String BEARER = "Bearer ";
  private static final String BASIC = "Basic ";

  private Credentials() {}

  /** Null when the header holds none; the empty text when it is not understood. */
  public static @Nullable String token(@Nullable String header) {
    if (header == null) {
      return null;
    }
    if (header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return header.substring(BEARER.length()).trim();
    }
    return header.regionMatches(true, 0, BASIC, 0, BASIC.length())
        ? password(header.substring(BASIC.length()).trim())
        : "";
  }

  private static String password(String encoded) {
    try {
      String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      // https://TOKEN@host has a user and no password.
      return colon >= 0 && colon < pair.length() - 1
          ? pair.substring(colon + 1)
          : pair.substring(0, colon < 0 ? pair.length() : colon);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.act;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA256 over the timestamp, a dot, and the body. With the timestamp signed a receiver can
 * refuse what was recorded and is sent again later.
 */
final class Signature {
  /** Holds {@code v1=} and the signature in hex. */
  static final String HEADER = "X-Pkgslo-Signature";

  /** Holds seconds since 1970. */
  static final String TIMESTAMP_HEADER = "X-Pkgslo-Timestamp";

  private static final String ALGORITHM = "HmacSHA256";

  private Signature() {}

  static String of(byte[] key, long epochSeconds, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      mac.update((epochSeconds + ".").getBytes(StandardCharsets.UTF_8));
      return "v1=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}

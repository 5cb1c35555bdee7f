// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.otlp;

import io.pkgslo.standalone.otlp.OtlpRejection.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/** Unpacks a body up to a limit: a few kilobytes may claim to be gigabytes. */
final class Gunzip {
  private Gunzip() {}

  /**
   * @throws OtlpRejection if the bytes are not gzip, or more than {@code maxBytes} when unpacked
   */
  static byte[] unpack(byte[] packed, int maxBytes) throws OtlpRejection {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      byte[] unpacked = in.readNBytes(maxBytes + 1);
      if (unpacked.length > maxBytes) {
        throw tooLarge(maxBytes);
      }
      return unpacked;
    } catch (IOException e) {
      throw new OtlpRejection(Reason.MALFORMED, "the body is not gzip, as it says it is");
    }
  }

  static OtlpRejection tooLarge(int maxBytes) {
    return new OtlpRejection(
        Reason.TOO_LARGE, "the body is larger than " + maxBytes + " bytes; export smaller batches");
  }
}

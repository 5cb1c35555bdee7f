// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import io.pkgslo.model.wire.PanicReport;
import java.nio.charset.StandardCharsets;

/** What makes two panics the same fault: blamed package, function and normalised message. */
final class Fingerprint {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private Fingerprint() {}

  /**
   * The report's own where a stack gave it one, else by the package that it was given. Never 0,
   * which says that no package is known yet.
   */
  static long of(String goPackage, PanicReport report) {
    if (report.getFingerprint() != 0) {
      return report.getFingerprint();
    }
    long hash = hash(FNV_OFFSET, goPackage);
    hash = hash(hash, report.getFunction());
    hash = IdentitySet.mix(hash(hash, report.getNormalisedMessage()));
    return hash == 0 ? 1 : hash;
  }

  private static long hash(long seed, String text) {
    long hash = seed;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * FNV_PRIME;
    }
    // A byte that is in no UTF-8 text keeps ("a", "bc") apart from ("ab", "c").
    return (hash ^ 0xff) * FNV_PRIME;
  }
}

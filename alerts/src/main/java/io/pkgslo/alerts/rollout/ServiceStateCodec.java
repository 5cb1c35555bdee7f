// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import io.pkgslo.alerts.ledger.CanonicalJson;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A service's rollouts as JSON: doubles come back bit for bit. Fields may be added, with null for
 * what an older release did not write; a change of meaning gets a new number.
 */
final class ServiceStateCodec {
  static final int FORMAT = 1;

  private ServiceStateCodec() {}

  private record Stored(int format, @Nullable ServiceState state) {}

  static byte[] encode(ServiceState state) {
    return CanonicalJson.text(new Stored(FORMAT, state)).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * @throws IllegalStateException when it was written by a release that this one does not know
   */
  static ServiceState decode(byte[] json) {
    Stored stored = CanonicalJson.readStored(json, Stored.class);
    if (stored.format() != FORMAT || stored.state() == null) {
      throw new IllegalStateException(
          "the state of a service has format " + stored.format() + ", expected " + FORMAT);
    }
    return stored.state();
  }
}

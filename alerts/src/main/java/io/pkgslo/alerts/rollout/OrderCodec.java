// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import io.pkgslo.alerts.ledger.CanonicalJson;
import java.nio.charset.StandardCharsets;

/** Orders as JSON; fields may be added. */
final class OrderCodec {
  private static final int FORMAT = 1;

  private OrderCodec() {}

  private record Stored(int format, Order order) {}

  static byte[] encode(Order order) {
    return CanonicalJson.text(new Stored(FORMAT, order)).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * @throws IllegalArgumentException when it is no order that this release knows
   */
  @SuppressWarnings("ConstantValue") // JSON may lack what a record must have.
  static Order decode(byte[] json) {
    try {
      Stored stored = CanonicalJson.readStored(json, Stored.class);
      if (stored.format() != FORMAT || stored.order() == null) {
        throw new IllegalArgumentException(
            "an order of format " + stored.format() + ", expected " + FORMAT);
      }
      return stored.order();
    } catch (NullPointerException e) {
      throw new IllegalArgumentException("an order lacks what it needs", e);
    }
  }
}

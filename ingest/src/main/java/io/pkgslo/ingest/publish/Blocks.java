// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.publish;

import io.pkgslo.ingest.attribute.ProcessOrigin;
import io.pkgslo.model.wire.Origin;

/** What the three kinds of blocks share. */
final class Blocks {
  /**
   * Estimated size at which a block is closed. Half of Kafka's default limit of a record, so that
   * the one item that crosses it still fits.
   */
  static final int TARGET_BYTES = 500_000;

  /** Tag, length and small fields around a message or string in a block, generously. */
  static final int ITEM_OVERHEAD_BYTES = 16;

  private Blocks() {}

  /** Takes finished blocks of one partition, encoded, in order. */
  interface Output {
    void block(byte[] block);
  }

  static Origin toWire(ProcessOrigin origin) {
    return Origin.newBuilder()
        .setService(origin.service())
        .setVersion(origin.version())
        .setArm(origin.arm())
        .setProcess(origin.process())
        .setProcessStartNanos(origin.startNanos())
        .setRestart(origin.restart())
        .build();
  }
}

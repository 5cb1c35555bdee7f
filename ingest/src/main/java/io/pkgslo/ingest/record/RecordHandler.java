// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.record;

import io.pkgslo.ingest.attribute.ItemCounts;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What the stages behind make of the value of one record. It adds all facts of the record to the
 * buffers of the transaction, or none.
 */
public interface RecordHandler {
  /**
   * Handles one value, which is not empty.
   *
   * @param appendedMillis append time of the record, not in the future
   * @param counts takes what became of the items
   * @return null when the record was read, else why it belongs into the dead-letter topic
   */
  @Nullable Rejection handle(
      Signal signal, ByteBuffer value, long appendedMillis, ItemCounts counts);

  /** The open transaction came to nothing: whatever it said has to be said again. */
  void aborted();
}

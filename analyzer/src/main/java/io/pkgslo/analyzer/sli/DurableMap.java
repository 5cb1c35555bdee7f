// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Records by key that outlive the process, as of the last commit. One thread at a time. */
public interface DurableMap {
  byte @Nullable [] get(byte[] key);

  void put(byte[] key, byte[] value);

  void delete(byte[] key);

  /**
   * Shows records in unsigned order of their keys, {@code from} inclusive, {@code to} exclusive.
   * The visitor must not change the map.
   */
  void visit(byte[] from, byte[] to, BiConsumer<byte[], byte[]> visitor);
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.publish;

import io.pkgslo.ingest.attribute.ProcessOrigin;
import io.pkgslo.model.wire.Origin;
import java.util.ArrayList;
import java.util.List;

/**
 * The dictionaries of the block that is being written, and what they will take on the wire.
 * Mutable, single-threaded.
 */
final class BlockIndexes {
  private final Dictionary<ProcessOrigin> origins = new Dictionary<>();
  private final List<Origin> wireOrigins = new ArrayList<>();
  private final Dictionary<String> packages = new Dictionary<>();
  private int bytes;

  BlockIndexes() {
    clear();
  }

  void clear() {
    origins.clear();
    wireOrigins.clear();
    packages.clear();
    packages.indexOf("");
    bytes = 0;
  }

  int originIndex(ProcessOrigin origin) {
    int index = origins.indexOf(origin);
    if (index == wireOrigins.size()) {
      Origin wire = Blocks.toWire(origin);
      wireOrigins.add(wire);
      bytes += wire.getSerializedSize() + Blocks.ITEM_OVERHEAD_BYTES;
    }
    return index;
  }

  /** 0 for the empty package. */
  int packageIndex(String goPackage) {
    int before = packages.size();
    int index = packages.indexOf(goPackage);
    if (packages.size() > before) {
      bytes += goPackage.length() + Blocks.ITEM_OVERHEAD_BYTES;
    }
    return index;
  }

  List<Origin> origins() {
    return wireOrigins;
  }

  List<String> packages() {
    return packages.values();
  }

  int bytes() {
    return bytes;
  }
}

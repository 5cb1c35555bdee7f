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
  private final Dictionary<String> peers = new Dictionary<>();
  private int bytes;

  BlockIndexes() {
    clear();
  }

  void clear() {
    origins.clear();
    wireOrigins.clear();
    packages.clear();
    packages.indexOf("");
    peers.clear();
    peers.indexOf("");
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
    return indexOf(goPackage, packages);
  }

  /** 0 for the empty name. */
  int peerIndex(String peer) {
    return peer.isEmpty() ? 0 : indexOf(peer, peers);
  }

  private int indexOf(String text, Dictionary<String> dictionary) {
    int before = dictionary.size();
    int index = dictionary.indexOf(text);
    if (dictionary.size() > before) {
      bytes += text.length() + Blocks.ITEM_OVERHEAD_BYTES;
    }
    return index;
  }

  List<Origin> origins() {
    return wireOrigins;
  }

  List<String> packages() {
    return packages.values();
  }

  /** Empty when no span of the block names anybody. */
  List<String> peers() {
    return peers.size() == 1 ? List.of() : peers.values();
  }

  int bytes() {
    return bytes;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer;

import io.pkgslo.analyzer.correlate.Episode;
import io.pkgslo.analyzer.sli.DurableMap;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** Panic episodes that must be known for longer than the blocks that opened them are kept. */
final class EpisodeStore {
  private static final byte KIND = 2;
  private static final byte[] PRESENT = {1};
  private static final int NAME_AT = 17;

  private final DurableMap map;

  EpisodeStore(DurableMap map) {
    this.map = map;
  }

  void update(List<Episode> opened, List<Episode> forgotten) {
    opened.forEach(episode -> map.put(key(episode), PRESENT));
    forgotten.forEach(episode -> map.delete(key(episode)));
  }

  void visit(Consumer<Episode> visitor) {
    map.visit(
        new byte[] {KIND},
        new byte[] {KIND + 1},
        (key, value) -> {
          ByteBuffer buffer = ByteBuffer.wrap(key);
          String process = new String(key, NAME_AT, key.length - NAME_AT, StandardCharsets.UTF_8);
          visitor.accept(new Episode(process, buffer.getLong(1), buffer.getLong(9)));
        });
  }

  private static byte[] key(Episode episode) {
    byte[] name = episode.process().getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(NAME_AT + name.length)
        .put(KIND)
        .putLong(episode.fingerprint())
        .putLong(episode.startEpochNanos())
        .put(name)
        .array();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer;

import io.pkgslo.analyzer.correlate.Orphan;
import io.pkgslo.analyzer.sli.DurableMap;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Orphans that must be known for longer than the blocks that they came in are kept. */
final class OrphanStore {
  private static final byte KIND = 3;
  private static final char SEPARATOR = '\0';

  private final DurableMap map;

  OrphanStore(DurableMap map) {
    this.map = map;
  }

  /** Writes what is known now by key; empty is nothing any more. */
  void update(Map<Orphan.Key, Optional<Orphan>> changed) {
    changed.forEach(
        (key, orphan) ->
            orphan.ifPresentOrElse(
                known -> map.put(key(key), value(known)), () -> map.delete(key(key))));
  }

  List<Orphan> all() {
    List<Orphan> all = new ArrayList<>();
    List<byte[]> foreign = new ArrayList<>();
    map.visit(
        new byte[] {KIND},
        new byte[] {KIND + 1},
        (key, value) -> {
          Orphan orphan = orphan(key, value);
          if (Arrays.equals(key(orphan.what()), key)) {
            all.add(orphan);
          } else {
            foreign.add(key);
          }
        });
    // A name with a separator in it reads back as another one, and would never be deleted.
    foreign.forEach(map::delete);
    return all;
  }

  private static byte[] key(Orphan.Key key) {
    String names =
        key.service() + SEPARATOR + key.version() + SEPARATOR + key.goPackage() + SEPARATOR;
    byte[] text = names.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(1 + 4 * Long.BYTES + Integer.BYTES + text.length)
        .put(KIND)
        .putLong(key.traceLow())
        .putLong(key.missingSpanId())
        .putLong(key.traceHigh())
        .putInt(key.item().detail())
        .putLong(key.item().bucketEpochSeconds())
        .put(text)
        .array();
  }

  private static byte[] value(Orphan orphan) {
    byte[] process = orphan.process().getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(3 * Long.BYTES + process.length)
        .putLong(orphan.open())
        .putLong(orphan.counted())
        .putLong(orphan.latestMillis())
        .put(process)
        .array();
  }

  private static Orphan orphan(byte[] key, byte[] value) {
    ByteBuffer what = ByteBuffer.wrap(key);
    what.get();
    long low = what.getLong();
    long missing = what.getLong();
    long high = what.getLong();
    Orphan.Item item = new Orphan.Item(what.getInt(), what.getLong());
    String[] names = rest(what).split(String.valueOf(SEPARATOR), -1);
    ByteBuffer state = ByteBuffer.wrap(value);
    long open = state.getLong();
    long counted = state.getLong();
    long latestMillis = state.getLong();
    return new Orphan(
        new Orphan.Key(high, low, missing, names[0], names[1], names[2], item),
        rest(state),
        open,
        counted,
        latestMillis);
  }

  private static String rest(ByteBuffer buffer) {
    return StandardCharsets.UTF_8.decode(buffer).toString();
  }
}

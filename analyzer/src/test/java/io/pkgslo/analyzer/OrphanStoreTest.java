// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.analyzer.correlate.Orphan;
import io.pkgslo.analyzer.sli.DurableMap;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

class OrphanStoreTest {
  private static final Orphan SPANS =
      new Orphan(key("(unattributed)", Orphan.SPAN), "pod:1/größe", 2, 0, 1_790_000_000_000L);
  private static final Orphan LOGS = new Orphan(key("a/b", 17), "", 0, 3, 7);

  private final TreeMap<byte[], byte[]> bytes = new TreeMap<>(Arrays::compareUnsigned);
  private final OrphanStore store = new OrphanStore(new MapInMemory());

  private static Orphan.Key key(String goPackage, int detail) {
    return new Orphan.Key(-1, 2, -3, "team/shop", "", goPackage, new Orphan.Item(detail, 50));
  }

  @Test
  void orphans_comeBackAsTheyWere_untilTheyAreForgotten() {
    store.update(Map.of(SPANS.what(), Optional.of(SPANS), LOGS.what(), Optional.of(LOGS)));
    assertThat(store.all()).containsExactlyInAnyOrder(SPANS, LOGS);

    Orphan counted = new Orphan(SPANS.what(), "p", 0, 2, 9);
    store.update(Map.of(SPANS.what(), Optional.of(counted), LOGS.what(), Optional.empty()));
    assertThat(store.all()).containsExactly(counted);
  }

  /** It would read back as another orphan, and be counted and taken back under that name. */
  @Test
  void orphanWithASeparatorInItsNames_isForgottenAtARestart_andNothingElse() {
    Orphan odd = new Orphan(key("cart\0price", 17), "p", 1, 0, 9);
    store.update(Map.of(SPANS.what(), Optional.of(SPANS), odd.what(), Optional.of(odd)));
    assertThat(store.all()).containsExactly(SPANS);
    assertThat(bytes).hasSize(1);
  }

  private final class MapInMemory implements DurableMap {
    @Override
    public byte[] get(byte[] key) {
      return bytes.get(key);
    }

    @Override
    public void put(byte[] key, byte[] value) {
      bytes.put(key, value);
    }

    @Override
    public void delete(byte[] key) {
      bytes.remove(key);
    }

    @Override
    public void visit(byte[] from, byte[] to, BiConsumer<byte[], byte[]> visitor) {
      bytes.subMap(from, to).forEach(visitor);
    }
  }
}

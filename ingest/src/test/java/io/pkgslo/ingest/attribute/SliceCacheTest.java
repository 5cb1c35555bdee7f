// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.ingest.decode.Slice;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SliceCacheTest {
  private static final long SEED = 11;

  @Test
  void getAndPut_asAMapDoes_whateverTheLengths() {
    Random random = new Random(SEED);
    SliceCache<Integer> cache = new SliceCache<>(10_000);
    Map<String, Integer> map = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      String key = "x".repeat(random.nextInt(20)) + random.nextInt(300);
      Slice slice = Slice.of(key);
      assertThat(cache.get(slice)).isEqualTo(map.get(key));
      if (!map.containsKey(key)) {
        cache.put(slice, i);
        map.put(key, i);
      }
    }
    assertThat(cache.size()).isEqualTo(map.size());
  }

  @Test
  void put_intoAFullCache_startsOver() {
    SliceCache<String> cache = new SliceCache<>(2);
    cache.put(Slice.of("a"), "1");
    cache.put(Slice.of("b"), "2");
    cache.put(Slice.of("c"), "3");
    assertThat(cache.get(Slice.of("c"))).isEqualTo("3");
    assertThat(cache.get(Slice.of("a"))).isNull();
    assertThat(cache.size()).isEqualTo(1);
  }

  @Test
  void put_keepsACopyOfTheKey() {
    SliceCache<String> cache = new SliceCache<>(2);
    byte[] bytes = {1, 2, 3};
    cache.put(new Slice().wrap(bytes), "1");
    bytes[0] = 9;
    assertThat(cache.get(new Slice().wrap(new byte[] {1, 2, 3}))).isEqualTo("1");
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LikelyKeysTest {
  private static final long SEED = 7;

  private final AttributeKeys keys = AttributeKeys.of(List.of("http.route", "code.function", "a"));
  private final LikelyKeys likely = new LikelyKeys(keys);

  private int find(String key) {
    byte[] bytes = ("<" + key + ">").getBytes(StandardCharsets.UTF_8);
    return likely.find(bytes, 1, bytes.length - 2);
  }

  @Test
  void find_inTheSameOrderAgain() {
    for (int i = 0; i < 3; i++) {
      assertThat(find("http.route")).isEqualTo(0);
      assertThat(find("nobody.asks")).isEqualTo(AttributeKeys.NONE);
      assertThat(find("a")).isEqualTo(2);
      assertThat(find("")).isEqualTo(AttributeKeys.NONE);
    }
  }

  @Test
  void find_keyThatIsThePrefixOfTheOneBefore() {
    assertThat(find("code.function")).isEqualTo(1);
    assertThat(find("code.function.name")).isEqualTo(AttributeKeys.NONE);
    assertThat(find("code.function")).isEqualTo(1);
    assertThat(find("code.functio")).isEqualTo(AttributeKeys.NONE);
  }

  /**
   * More keys than places, some longer than one: whatever came before, the answer is the table's.
   */
  @Test
  void find_anyOrderOfManyKeys_agreesWithTheTable() {
    Random random = new Random(SEED);
    List<String> pool = new ArrayList<>(List.of("http.route", "code.function", "a", ""));
    for (int i = 0; i < 2_000; i++) {
      pool.add("k".repeat(random.nextInt(80)) + i);
    }
    for (int i = 0; i < 50_000; i++) {
      String key = pool.get(random.nextInt(random.nextBoolean() ? 6 : pool.size()));
      byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
      assertThat(find(key)).isEqualTo(keys.find(bytes, 0, bytes.length));
    }
  }
}

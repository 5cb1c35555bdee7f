// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AttributeKeysTest {
  private static final long SEED = 7;

  private static int find(AttributeKeys keys, String key) {
    byte[] bytes = ("<" + key + ">").getBytes(StandardCharsets.UTF_8);
    return keys.find(bytes, 1, bytes.length - 2);
  }

  /** Keys that differ in one place only, wherever it is: no part of a key may be overlooked. */
  @Test
  void find_keysThatDifferInOnePlace() {
    for (int length = 1; length < 70; length++) {
      String asked = "k".repeat(length);
      AttributeKeys keys = AttributeKeys.of(List.of("other", asked));
      assertThat(find(keys, asked)).isEqualTo(1);
      for (int at = 0; at < length; at++) {
        String other = asked.substring(0, at) + 'x' + asked.substring(at + 1);
        assertThat(find(keys, other)).isEqualTo(AttributeKeys.NONE);
      }
      assertThat(find(keys, asked + 'k')).isEqualTo(AttributeKeys.NONE);
      assertThat(find(keys, asked.substring(1))).isEqualTo(AttributeKeys.NONE);
    }
  }

  @Test
  void find_amongManyKeys_thatOfTheList() {
    Random random = new Random(SEED);
    List<String> pool = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      pool.add(i + "k".repeat(random.nextInt(40)) + i);
    }
    List<String> asked = pool.subList(0, 1_000);
    AttributeKeys keys = AttributeKeys.of(asked);
    for (int i = 0; i < pool.size(); i++) {
      assertThat(find(keys, pool.get(i))).isEqualTo(i < 1_000 ? i : AttributeKeys.NONE);
    }
    assertThat(find(keys, "")).isEqualTo(AttributeKeys.NONE);
  }

  @Test
  void find_unusedKey_keepsItsNumberAndIsNotFound() {
    AttributeKeys keys = AttributeKeys.of(List.of("a", "b", "c"), List.of("b"));
    assertThat(find(keys, "c")).isEqualTo(2);
    assertThat(find(keys, "b")).isEqualTo(AttributeKeys.NONE);
    assertThat(keys.name(1)).isEqualTo("b");
    assertThatThrownBy(() -> keys.id("b")).isInstanceOf(IllegalArgumentException.class);
  }
}

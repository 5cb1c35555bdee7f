// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FewLongsTest {
  private final FewLongs numbers = new FewLongs();

  private List<Long> all() {
    List<Long> all = new ArrayList<>();
    numbers.forEach(all::add);
    return all;
  }

  private void add(long... values) {
    for (long value : values) {
      numbers.add(value);
    }
  }

  @Test
  void eachIsThereOnce_inOrder() {
    add(7, -3, 9, 7, 1, 9, 2, 4, -3);

    assertThat(all()).containsExactly(-3L, 1L, 2L, 4L, 7L, 9L);
  }

  @Test
  void removed_areGone_andTheOthersStay() {
    add(1, 2, 3, 4, 5);
    numbers.removeIf(value -> value % 2 == 0);
    add(2);

    assertThat(all()).containsExactly(1L, 2L, 3L, 5L);
  }

  @Test
  void cleared_isEmpty_andTakesMore() {
    add(1, 2);
    numbers.clear();
    assertThat(numbers.isEmpty()).isTrue();
    add(3);

    assertThat(all()).containsExactly(3L);
  }
}

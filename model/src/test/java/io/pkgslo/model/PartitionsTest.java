// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PartitionsTest {
  @Test
  void trace_meetsItsLowHalf() {
    Random random = new Random(3);
    for (int i = 0; i < 1000; i++) {
      long low = random.nextLong();
      assertThat(Partitions.ofTrace(random.nextLong(), low, 12))
          .isEqualTo(Partitions.ofTrace(0, low, 12));
    }
  }

  @Test
  void everyPartition_isUsed_andNoOther() {
    Set<Integer> used = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      used.add(Partitions.ofSubject("shop/checkout", "github.com/acme/p" + i, 7));
    }
    assertThat(used).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6);
  }

  @Test
  void subject_keepsServiceAndPackageApart() {
    int differing = 0;
    for (int i = 0; i < 100; i++) {
      int one = Partitions.ofSubject("a" + i, "bc", 1 << 20);
      int other = Partitions.ofSubject("a" + i + "b", "c", 1 << 20);
      differing += one == other ? 0 : 1;
    }
    assertThat(differing).isGreaterThan(95);
  }

  @Test
  void noPartitions_isAnError() {
    assertThatThrownBy(() -> Partitions.ofService("shop", 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("partitions");
  }
}

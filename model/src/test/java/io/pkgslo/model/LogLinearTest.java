// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LogLinearTest {
  @Test
  void representative_isWithinTheStatedError() {
    Random random = new Random(11);
    for (int i = 0; i < 1_000_000; i++) {
      long value = random.nextLong() >>> (1 + random.nextInt(62));
      double shown = LogLinear.valueOf(LogLinear.indexOf(value));
      assertThat(Math.abs(shown - value)).as("%d", value).isLessThanOrEqualTo(value / 128.0);
    }
  }

  @Test
  void index_growsByOne_atEachLowerBound() {
    for (int index = 1; index < LogLinear.BUCKETS; index++) {
      long bound = LogLinear.lowerBound(index);
      assertThat(LogLinear.indexOf(bound)).isEqualTo(index);
      assertThat(LogLinear.indexOf(bound - 1)).isEqualTo(index - 1);
    }
  }

  @Test
  void largestValue_hasABucket() {
    assertThat(LogLinear.indexOf(Long.MAX_VALUE)).isEqualTo(LogLinear.BUCKETS - 1);
  }
}

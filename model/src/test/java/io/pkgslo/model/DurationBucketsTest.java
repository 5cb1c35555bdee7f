// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class DurationBucketsTest {
  @Test
  void bound_isInclusive() {
    assertThat(DurationBuckets.indexOf(0)).isZero();
    assertThat(DurationBuckets.indexOf(1_000_000)).isZero();
    assertThat(DurationBuckets.indexOf(1_000_001)).isEqualTo(1);
    assertThat(DurationBuckets.indexOf(2_000_000)).isEqualTo(1);
    assertThat(DurationBuckets.indexOf(2_000_001)).isEqualTo(2);
    assertThat(DurationBuckets.indexOf(2_048_000_000L)).isEqualTo(11);
    assertThat(DurationBuckets.indexOf(2_048_000_001L)).isEqualTo(12);
    assertThat(DurationBuckets.indexOf(Long.MAX_VALUE)).isEqualTo(12);
  }

  @Test
  void index_isFirstBoundNotExceeded() {
    Random random = new Random(7);
    for (int i = 0; i < 100_000; i++) {
      long nanos = random.nextLong(0, 4_000_000_000L);
      int expected = 0;
      while (nanos > DurationBuckets.upperBoundNanos(expected)) {
        expected++;
      }
      assertThat(DurationBuckets.indexOf(nanos)).as("%d ns", nanos).isEqualTo(expected);
    }
  }

  @Test
  void zerosAtTheEnd_areLeftOut() {
    assertThat(DurationBuckets.used(new long[] {0, 3, 0, 1, 0, 0})).isEqualTo(4);
    assertThat(DurationBuckets.used(new long[] {0, 0})).isZero();
    assertThat(DurationBuckets.used(new long[] {0, 1})).isEqualTo(2);
  }
}

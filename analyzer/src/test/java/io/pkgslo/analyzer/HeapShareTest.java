// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pkgslo.analyzer.correlate.ProcessSettings;
import io.pkgslo.analyzer.correlate.TraceSettings;
import org.junit.jupiter.api.Test;

class HeapShareTest {
  private static final long MEBIBYTE = 1 << 20;

  /** What the documentation says that each of them takes, of all partitions together. */
  private static double bytes(HeapShare share, int partitions) {
    TraceSettings traces = share.lower(TraceSettings.defaults());
    ProcessSettings processes = share.lower(ProcessSettings.defaults());
    double ofTraces =
        40.0 * traces.maxIdentities() + 100.0 * traces.maxSpans() + 150.0 * traces.maxWaiting();
    return partitions
        * (ofTraces + 40.0 * processes.maxIdentities() + 300.0 * processes.maxWaiting());
  }

  @Test
  void boundsOfAllPartitions_fitIntoTheShare() {
    for (long mebibytes : new long[] {128, 384, 768, 4_096}) {
      for (int partitions : new int[] {1, 4, 64}) {
        HeapShare share = HeapShare.of(0.5, mebibytes * MEBIBYTE, partitions);
        assertThat(bytes(share, partitions))
            .as("%d MiB, %d partitions", mebibytes, partitions)
            .isLessThanOrEqualTo(0.5 * mebibytes * MEBIBYTE);
      }
    }
  }

  @Test
  void largeHeap_lowersNothing() {
    HeapShare share = HeapShare.of(0.5, 64L << 30, 4);
    assertThat(share.lower(TraceSettings.defaults())).isEqualTo(TraceSettings.defaults());
    assertThat(share.lower(ProcessSettings.defaults())).isEqualTo(ProcessSettings.defaults());
  }

  @Test
  void share_isRefusedWhereItIsNone() {
    for (double share : new double[] {0, -0.1, 1.1, Double.NaN}) {
      assertThatThrownBy(() -> HeapShare.of(share, MEBIBYTE, 4))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("pkgslo.analyzer.correlate.heap-share");
    }
  }
}

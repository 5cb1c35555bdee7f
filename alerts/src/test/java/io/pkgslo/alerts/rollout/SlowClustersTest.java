// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SlowClustersTest {
  /** One of ten processes has all 20 slow calls: the variance is 20 times what chance makes. */
  @Test
  void burstOnOneProcess_isFound() {
    List<List<Long>> processes = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      processes.add(List.of(100L, i == 0 ? 20L : 0L));
    }

    // 20 events, 2 expected each (2.27 where more calls ran): about (324 + 9 x 4) / 2 / 9.
    assertThat(SlowClusters.of(processes).phi(0)).isEqualTo(16.6, within(0.5));
    assertThat(SlowClusters.of(processes).phi(1)).isEqualTo(1);
  }

  /** A process with ten times the calls has ten times the slow ones; that is no clustering. */
  @Test
  void unequalLoad_isNoClustering() {
    SlowClusters clusters =
        SlowClusters.of(List.of(List.of(900L, 100L), List.of(90L, 10L), List.of(0L, 0L)));

    assertThat(clusters.phi(0)).isEqualTo(1);
  }

  /** Chance alone: every process draws from the same distribution, under load that swings. */
  @Test
  void chance_isOne_whateverTheLoad() {
    SplittableRandom random = new SplittableRandom(5);
    SlowClusters clusters = SlowClusters.NONE;
    for (int minute = 0; minute < 120; minute++) {
      double slow = 0.02 + 0.08 * random.nextDouble();
      List<List<Long>> processes = new ArrayList<>();
      for (int process = 0; process < 8; process++) {
        long calls = 100 + random.nextInt(200);
        long over = 0;
        for (int call = 0; call < calls; call++) {
          over += random.nextDouble() < slow ? 1 : 0;
        }
        processes.add(List.of(calls - over, over));
      }
      clusters = clusters.plus(SlowClusters.of(processes));
    }

    assertThat(clusters.phi(0)).isLessThan(1.1);
  }
}

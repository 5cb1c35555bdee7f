// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IdentitySetTest {
  private record Key(long high, long low) {}

  @Test
  void identities_areKnownForTheHorizon_alsoManyOfOneTrace() {
    long seed = Long.getLong("pkgslo.test.seed", new Random().nextLong());
    Random random = new Random(seed);
    IdentitySet set = new IdentitySet(20_000, 1 << 20);
    Map<Key, Integer> model = new HashMap<>();
    int second = 100;
    for (int step = 0; step < 200_000; step++) {
      if (random.nextInt(1_000) == 0) {
        second++;
        set.advance(second);
      }
      // Half of them are of one trace, far more than lie together.
      long high = random.nextBoolean() ? 1 : random.nextInt(10_000);
      Key key = new Key(high, random.nextInt(high == 1 ? 30_000 : 20));
      Integer last = model.put(key, second);
      boolean known = last != null && last >= second - 20;
      assertThat(set.add(key.high(), key.low(), second))
          .as("-Dpkgslo.test.seed=%d, step %d, %s", seed, step, key)
          .isEqualTo(!known);
    }
  }
}

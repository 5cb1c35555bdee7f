// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.exact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OfflineCounterTest {
  private static final Path RECORDINGS = Path.of("../recording");

  @Test
  void print() throws IOException {
    for (String name : new String[] {"faulty", "innocent", "variants"}) {
      System.out.println(name);
      System.out.println(OfflineCounter.count(RECORDINGS.resolve(name + ".pkgrec"), Shape.PROTO));
    }
    for (Shape shape : Shape.values()) {
      assertThat(
              OfflineCounter.count(RECORDINGS.resolve("variants.pkgrec"), shape)
                  .differencesFrom(
                      OfflineCounter.count(RECORDINGS.resolve("variants.pkgrec"), Shape.PROTO)))
          .isEmpty();
    }
  }
}

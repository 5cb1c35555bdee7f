// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.openslo;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.alerts.objective.ObjectiveFiles;
import io.pkgslo.alerts.objective.Objectives;
import io.pkgslo.alerts.objective.Slo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written reads back as the same objectives, and is then written the same. */
class RoundTripTest {
  private static final int SETS = 40;
  private static final int PER_SET = 25;

  @TempDir Path dir;

  @Test
  void objectives_areTheSameAfterWritingAndReading() throws IOException {
    for (long seed = 1; seed <= SETS; seed++) {
      RandomSlos random = new RandomSlos(seed);
      List<Slo> slos = new ArrayList<>();
      for (int i = 0; i < PER_SET; i++) {
        slos.add(random.next(i));
      }
      String text = OpenSloWriter.write(slos);

      Objectives read = ObjectiveFiles.read(Files.writeString(dir.resolve("f.yaml"), text));

      assertThat(read.isValid()).as("seed %d: %s%n%s", seed, read.report(), text).isTrue();
      assertThat(read.slos()).as("seed %d%n%s", seed, text).isEqualTo(slos);
      assertThat(OpenSloWriter.write(read.slos())).isEqualTo(text);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActiveObjectivesTest {
  @TempDir Path dir;

  @Test
  void objectives_standBesidesTheDefaults() throws IOException {
    Files.writeString(dir.resolve("a.yaml"), TestFiles.availability("shop", "0.95"));

    assertThat(ActiveObjectives.with(ObjectiveFiles.read(dir).slos()))
        .extracting(Slo::id)
        .containsExactly(
            "init-latency",
            "panic-rate",
            "availability",
            "goroutines",
            "heap-in-use",
            "gc-pauses",
            "shop");
  }

  @Test
  void objectiveWithTheIdOfADefault_replacesIt() throws IOException {
    Files.writeString(dir.resolve("a.yaml"), TestFiles.availability("availability", "0.95"));

    assertThat(ActiveObjectives.with(ObjectiveFiles.read(dir).slos()))
        .hasSize(6)
        .filteredOn(slo -> slo.id().equals("availability"))
        .singleElement()
        .satisfies(slo -> assertThat(slo.target()).isEqualByComparingTo("0.95"));
  }
}

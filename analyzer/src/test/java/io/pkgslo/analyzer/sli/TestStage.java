// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.model.wire.ObservationBlock;
import io.pkgslo.model.wire.SliBucket;

/** A window stage in memory for tests of what comes behind it. */
public final class TestStage {
  private final SliStage stage;

  public TestStage(ObjectiveSet objectives) {
    stage =
        new SliStage(
            new StageSettings(
                0, 10_000, 90L * 86_400_000, 3_600_000, 10_000, new SubjectLimits(100, 100)),
            new MemoryMap(),
            objectives,
            (reason, items, example) -> {});
  }

  public void accept(ObservationBlock block) {
    stage.accept(block, new Ignoring());
  }

  /** Takes what is given out and forgets it. */
  static final class Ignoring implements SliOutput {
    @Override
    public void bucket(SliBucket bucket) {}

    @Override
    public void closedThrough(long epochMillis) {}
  }

  public News takeUnexported() {
    return stage.takeUnexported();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.analyzer.export.StageMeters;
import io.pkgslo.analyzer.sli.SliDrop;
import io.prometheus.client.CollectorRegistry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThrottledDropsTest {
  private final List<String> said = new ArrayList<>();
  private final HandClock clock = new HandClock();

  /** Ten thousand new subjects a second over the limit are a line a minute, and all are counted. */
  @Test
  void drops_areAllCounted_andSaidOnceAMinutePerReason() {
    StageMeters meters = new StageMeters(clock, List.of());
    CollectorRegistry registry = new CollectorRegistry();
    registry.register(meters);
    ThrottledDrops drops = new ThrottledDrops(meters, clock, said::add);

    drops.dropped(SliDrop.SUBJECT_LIMIT, 1, "first");
    for (int i = 0; i < 10_000; i++) {
      drops.dropped(SliDrop.SUBJECT_LIMIT, 1, "again");
    }
    drops.dropped(SliDrop.BEYOND_RETENTION, 3, "other");
    clock.millis += 59_999;
    drops.dropped(SliDrop.SUBJECT_LIMIT, 1, "too soon");
    clock.millis += 1;
    drops.dropped(SliDrop.SUBJECT_LIMIT, 1, "a minute later");

    assertThat(said)
        .containsExactly(
            "1 items: subject_limit, such as first",
            "3 items: late, such as other",
            "10002 items: subject_limit, such as a minute later");
    assertThat(
            registry.getSampleValue(
                "pkgslo_items_dropped_total",
                new String[] {"stage", "reason"},
                new String[] {"analyzer", "subject_limit"}))
        .isEqualTo(10_003.0);
  }
}

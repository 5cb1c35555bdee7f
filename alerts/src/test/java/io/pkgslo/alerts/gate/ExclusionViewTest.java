// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.model.wire.Exclusion;
import io.pkgslo.model.wire.Objective;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExclusionViewTest {
  /** 12:03:25 to 12:16:01 is left out as the buckets and slices of each period have it. */
  @ParameterizedTest
  @CsvSource({
    "3600, 0, 12:03:20, 12:16:10",
    "21600, 0, 12:03:00, 12:17:00",
    "259200, 0, 12:00:00, 12:20:00",
    "604800, 0, 12:00:00, 12:30:00",
    "604800, 3600, 12:00:00, 13:00:00",
  })
  void interval_isWidenedToWhatIsKept(long period, long slice, String from, String to) {
    Objective objective =
        Objective.newBuilder()
            .setPeriodSeconds(period)
            .setSliceSeconds(slice)
            .addExclusion(
                Exclusion.newBuilder()
                    .setStartMillis(Instant.parse("2026-11-20T12:03:25Z").toEpochMilli())
                    .setEndMillis(Instant.parse("2026-11-20T12:16:01Z").toEpochMilli())
                    .setReason("maintenance"))
            .build();
    ExclusionView view = ExclusionView.of(objective).get(0);
    assertThat(view.leftOutFrom()).isEqualTo(Instant.parse("2026-11-20T" + from + "Z"));
    assertThat(view.leftOutTo()).isEqualTo(Instant.parse("2026-11-20T" + to + "Z"));
    assertThat(view.reason()).isEqualTo("maintenance");
    assertThat(view.who()).isNull();
  }

  @Test
  void withoutExclusions_thereIsNothingToSay() {
    assertThat(ExclusionView.of(Objective.getDefaultInstance())).isNull();
  }
}

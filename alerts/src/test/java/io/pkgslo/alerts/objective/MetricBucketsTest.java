// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bounds of histograms that a metric has where its objectives name none. */
class MetricBucketsTest {
  private static final String SETTING = "pkgslo.alerts.buckets.calls";
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final MetricBuckets BUCKETS =
      new MetricBuckets(
          DurationLists.buckets(SETTING, List.of("minutes")),
          DurationLists.buckets(SETTING, List.of("50ms", "1s")));

  @Test
  void objectivesWithoutBounds_haveThoseOfTheirMetric() {
    PackageSli calls = PackageSli.everywhere(Slo.Sli.LATENCY, SECOND);
    DurationBounds breaches = new DurationBounds(List.of(), List.of(SECOND));

    assertThat(BUCKETS.of(calls).durations().buckets()).hasSize(12).startsWith(SECOND);
    assertThat(BUCKETS.of(calls.withDurations(breaches)).durations().breaches())
        .containsExactly(SECOND);
    assertThat(
            BUCKETS.of(PackageSli.everywhere(Slo.Sli.INIT_LATENCY, SECOND)).durations().buckets())
        .containsExactly(Duration.ofMillis(50), SECOND);
  }

  @Test
  void boundsOfTheObjective_andOtherMetrics_areLeftAlone() {
    DurationBounds own = new DurationBounds(List.of(SECOND), List.of());
    PackageSli calls = PackageSli.everywhere(Slo.Sli.LATENCY, SECOND).withDurations(own);
    PackageSli availability = PackageSli.everywhere(Slo.Sli.AVAILABILITY, null);

    assertThat(BUCKETS.of(calls)).isEqualTo(calls);
    assertThat(BUCKETS.of(availability)).isEqualTo(availability);
    assertThat(MetricBuckets.NONE.of(PackageSli.everywhere(Slo.Sli.LATENCY, SECOND)).durations())
        .isEqualTo(DurationBounds.NONE);
  }

  @Test
  void settingThatIsNoList_isNamed() {
    assertThatThrownBy(() -> DurationLists.buckets(SETTING, List.of("1s", "fast")))
        .hasMessageContaining(SETTING + " has 'fast', expected 1 to 40 ascending times");
  }
}

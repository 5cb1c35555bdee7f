// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.exact;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExpositionTest {
  private static final Subject SUBJECT = new Subject("shop/checkout", "v1", "a.org/\"q\"\\");

  @Test
  void totals_sumOverKindAndStatus_andNamesWithEscapes() {
    Totals totals =
        Exposition.parse(
                """
                # HELP go_package_calls_total Calls.
                # TYPE go_package_calls_total counter
                go_package_calls_total{service="shop/checkout",version="v1",package="a.org/\\"q\\"\\\\",kind="server",status="unset",} 3.0
                go_package_calls_total{service="shop/checkout",version="v1",package="a.org/\\"q\\"\\\\",kind="client",status="error",} 1.0E2
                go_package_init_duration_seconds_bucket{service="shop/checkout",version="v1",package="p",le="+Inf",} 7.0
                process_start_time_seconds 1.7E9
                """)
            .totals();

    assertThat(totals.subjects()).containsExactly(SUBJECT);
    assertThat(totals.get(SUBJECT, Measure.CALLS)).isEqualTo(103);
  }

  @Test
  void differences_nameWhatIsMissing_whatIsTooMuch_andBothNumbers() {
    Totals expected = new Totals();
    expected.add(new Subject("s", "v", "missing"), Measure.CALLS, 2);
    expected.add(new Subject("s", "v", "same"), Measure.CALLS, 5);
    Totals shown = new Totals();
    shown.add(new Subject("s", "v", "extra"), Measure.PANICS, 1);
    shown.add(new Subject("s", "v", "same"), Measure.CALLS, 5);

    assertThat(shown.differencesFrom(expected))
        .containsExactly(
            "s v extra: go_package_panics_total is 1, counted offline 0",
            "s v missing: go_package_calls_total is 0, counted offline 2");
  }

  @Test
  void completeness_wantsEveryPartition() {
    String one =
        "pkgslo_event_time_watermark_seconds{stage=\"analyzer\",task=\"window\",partition=";
    Exposition exposition = Exposition.parse(one + "\"0\",} 10.0\n" + one + "\"1\",} 9.0\n");

    assertThat(exposition.isCompleteThrough(9_000, 2)).isTrue();
    assertThat(exposition.isCompleteThrough(9_001, 2)).isFalse();
    assertThat(exposition.isCompleteThrough(9_000, 3)).isFalse();
  }
}

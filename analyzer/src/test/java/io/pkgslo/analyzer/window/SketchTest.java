// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pkgslo.model.LogLinear;
import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class SketchTest {
  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;
  private static final long NOON = 1_795_176_000_000L;

  @Test
  void quantiles_areWithinOnePercent_ofTheValueAtTheirRank() {
    Random random = new Random(5);
    long[] values = random.longs(10_000, 1_000, 5_000_000_000L).sorted().toArray();
    Sketch sketch = new Sketch();
    Arrays.stream(values).forEach(v -> sketch.add(LogLinear.indexOf(v), 1));
    for (double q : new double[] {0.001, 0.5, 0.95, 0.99, 1}) {
      long exact = values[(int) Math.ceil(q * values.length) - 1];
      assertThat(sketch.quantile(q)).as("q%s", q).isCloseTo(exact, Percentage.withPercentage(0.79));
    }
  }

  @Test
  void quantile_ofNothing_isRefused() {
    assertThatThrownBy(() -> new Sketch().quantile(0.5)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void merge_andItsReversal_areExact() {
    Sketch one = new Sketch();
    one.add(10, 3);
    one.add(700, 1);
    Sketch other = new Sketch();
    other.add(10, 2);
    other.add(400, 5);
    one.addAll(other);
    assertThat(one.total()).isEqualTo(11);
    assertThat(one.size()).isEqualTo(3);
    one.subtractAll(other);
    assertThat(one.total()).isEqualTo(4);
    assertThat(one.size()).isEqualTo(2);
    assertThat(one.countAt(0)).isEqualTo(3);
  }

  @Test
  void series_forgetsByHours_overAWeek() {
    SketchSeries series = new SketchSeries(7 * 86_400);
    series.advance(NOON);
    series.add(NOON - 60_000, 40, 1);
    series.add(NOON + 60_000, 50, 1);
    series.advance(NOON + 7 * DAY);
    assertThat(series.total().total()).isEqualTo(1);
    series.advance(NOON + 7 * DAY + HOUR - 1);
    assertThat(series.total().total()).isEqualTo(1);
    series.advance(NOON + 7 * DAY + HOUR);
    assertThat(series.total().total()).isZero();
    assertThat(series.isEmpty()).isTrue();
  }

  @Test
  void series_mergesPerHour_afterADay_andSaysSo() {
    SketchSeries series = new SketchSeries(7 * 86_400);
    series.advance(NOON);
    series.add(NOON + 6 * 60_000, 40, 1);
    series.add(NOON + 50 * 60_000, 40, 2);
    assertThat(series.advance(NOON + DAY + HOUR - 1)).isEmpty();
    assertThat(series.advance(NOON + DAY + HOUR))
        .contains(NOON, NOON + 5 * 60_000, NOON + 50 * 60_000);
    assertThat(series.bucket(NOON).total()).isEqualTo(3);
    assertThat(series.bucket(NOON + 5 * 60_000).total()).isZero();
    assertThat(series.total().total()).isEqualTo(3);
    // A late one goes straight to its hour.
    assertThat(series.add(NOON + 20 * 60_000, 40, 1)).isEqualTo(NOON);
  }

  @Test
  void series_showsTheQuantileOfItsWindow() {
    SketchSeries series = new SketchSeries(3_600);
    series.advance(NOON);
    series.add(NOON - 2 * HOUR, LogLinear.indexOf(9_000_000), 100);
    series.add(NOON, LogLinear.indexOf(1_000_000), 1);
    assertThat(series.total().total()).isEqualTo(1);
    assertThat(series.total().quantile(0.95)).isCloseTo(1_000_000, within(7_900.0));
  }
}

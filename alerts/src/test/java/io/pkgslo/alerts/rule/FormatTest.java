// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected texts are those of Go's fmt and of Prometheus' template functions. */
class FormatTest {
  @ParameterizedTest
  @CsvSource({
    "COUNT, 0.5, 0",
    "COUNT, 1.5, 2",
    "COUNT, 12345678901, 12345678901",
    "DECIMAL, 0.25, 0.2",
    "DECIMAL, 13.44, 13.4",
    "PERCENT, 0.25, 25%",
    "PERCENT, 1.04116667, 104.1%",
    "PERCENT, -0.04117, -4.117%",
    "PERCENT, 1, 100%",
    "PERCENT, 123.45, 1.234e+04%",
    "PERCENT, 0.0000001, 1e-05%",
    "PERCENT, 0, 0%",
    "DURATION, 0, 0s",
    "DURATION, 0.0123, 12.3ms",
    "DURATION, 45.5, 45.5s",
    "DURATION, 61.9, 1m 1s",
    "DURATION, 7200, 2h 0m 0s",
    "DURATION, 90061, 1d 1h 1m 1s",
    "DURATION, -7200, -2h 0m 0s"
  })
  void render_isWhatPrometheusPrints(Format format, double value, String text) {
    assertThat(format.render(value)).isEqualTo(text);
  }
}

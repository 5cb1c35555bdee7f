// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

  @ParameterizedTest
  @CsvSource({"48213,'1:48,000'", "2247,'1:2,200'", "100,1:100", "99.6,1:100", "2.85,1:2.85"})
  void evidence_hasTwoDigitsThatMeanSomething(double odds, String words) {
    assertThat(Words.evidence(Math.log(odds))).isEqualTo(words);
  }

  @Test
  void evidence_beyondCounting() {
    assertThat(Words.evidence(31.5 * Math.log(10))).isEqualTo("1:10^31");
    assertThat(Words.evidence(-1e6)).isEqualTo("1:0.0");
  }

  @ParameterizedTest
  @CsvSource({"40,40 s", "2400,40 min", "12600,3.5 h", "172800,2 d"})
  void duration_inTheLargestUnitThatSaysEnough(double seconds, String words) {
    assertThat(Words.duration(seconds)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({"1960,'1,960'", "12.5,12.5", "0,0"})
  void count_isGrouped(double value, String words) {
    assertThat(Words.count(value)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({"0.01,1 %", "0.125,12.5 %", "0.0005,0.05 %"})
  void percent_isExact(double ratio, String words) {
    assertThat(Words.percent(ratio)).isEqualTo(words);
  }
}

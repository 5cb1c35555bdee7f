// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.openslo;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.alerts.objective.DurationBounds;
import io.pkgslo.alerts.objective.ObjectiveFiles;
import io.pkgslo.alerts.objective.Objectives;
import io.pkgslo.alerts.objective.PackageSli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Buckets and breach thresholds in objective files. */
class DurationBoundsFilesTest {
  private static final String FILE =
      """
      apiVersion: openslo/v1
      kind: SLO
      metadata: {name: x}
      spec:
        service: shop
        indicator:
          spec:
            ratioMetric:
              counter: true
              bad: &all
                metricSource:
                  type: pkgslo
                  spec: {%s}
              total: *all
        timeWindow: [{duration: 7d, isRolling: true}]
        budgetingMethod: Occurrences
        objectives: [{target: 0.99}]
      """;

  @TempDir Path dir;

  @Test
  void bounds_areTimes() throws IOException {
    assertThat(bounds("sli: latency, threshold: 1m, buckets: [50ms, 1s, 5m], breaches: [1m, 30m]"))
        .isEqualTo(
            new DurationBounds(
                List.of(Duration.ofMillis(50), Duration.ofSeconds(1), Duration.ofMinutes(5)),
                List.of(Duration.ofMinutes(1), Duration.ofMinutes(30))));
  }

  @Test
  void namedBuckets_areTheUsualOnes_andThoseOfLongWork() throws IOException {
    assertThat(bounds("sli: init-latency, threshold: 1s, buckets: default").buckets())
        .hasSize(12)
        .startsWith(Duration.ofMillis(1), Duration.ofMillis(2))
        .endsWith(Duration.ofMillis(1_024), Duration.ofMillis(2_048));
    assertThat(bounds("sli: latency, threshold: 5m, buckets: minutes").buckets())
        .startsWith(Duration.ofSeconds(1))
        .contains(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(30))
        .endsWith(Duration.ofHours(2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "sli: latency, threshold: 1s, buckets: [1s, 1s]|buckets has '1s', expected 1 to 40 ascend",
        "sli: latency, threshold: 1s, buckets: [2s, 900ms]|buckets has '900ms', expected 1 to 40",
        "sli: latency, threshold: 1s, buckets: [0.1, 0.2]|buckets has '0.1', expected 1 to 40",
        "sli: latency, threshold: 1s, buckets: [0s]|buckets has '0s', expected 1 to 40 ascending",
        "sli: latency, threshold: 1s, buckets: [1441m]|buckets has '1441m', expected 1 to 40",
        "sli: latency, threshold: 1s, buckets: []|buckets has 0 bounds, expected 1 to 40",
        "sli: latency, threshold: 1s, buckets: hours|buckets has 'hours', expected 1 to 40",
        "sli: latency, threshold: 1s, breaches: minutes|breaches has 'minutes', expected 1 to 40",
        "sli: availability, buckets: [1s]|'buckets' are bounds of time, expected them with laten",
        "sli: latency, threshold: 1s, labels: a, breaches: [1s]|'breaches' beside filter or label"
      })
  void fault_isReported(String spec, String message) throws IOException {
    Objectives read = read(spec);

    assertThat(read.isValid()).isFalse();
    assertThat(read.problems()).anySatisfy(p -> assertThat(p.message()).contains(message));
  }

  private DurationBounds bounds(String spec) throws IOException {
    Objectives read = read(spec);
    assertThat(read.isValid()).as(read.report()).isTrue();
    return ((PackageSli) read.slos().get(0).source()).durations();
  }

  private Objectives read(String spec) throws IOException {
    return ObjectiveFiles.read(Files.writeString(dir.resolve("slo.yaml"), FILE.formatted(spec)));
  }
}

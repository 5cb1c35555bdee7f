// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.client.CounterMetricFamily;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class MergedFamiliesTest {
  /** Two services in one application: a second HELP line makes promtool refuse the scrape. */
  @Test
  void familiesOfOneName_areOne() throws IOException {
    CounterMetricFamily ingest = received("otlp_spans", 3);
    CounterMetricFamily other = new CounterMetricFamily("other", "Another.", 1);
    CounterMetricFamily analyzer = received("pkgslo.spans", 5);

    StringWriter text = new StringWriter();
    TextFormat.write004(
        text, MergedFamilies.of(Collections.enumeration(List.of(ingest, other, analyzer))));

    assertThat(text.toString())
        .containsOnlyOnce("# HELP received_total")
        .contains("received_total{topic=\"otlp_spans\",} 3.0\n")
        .contains("received_total{topic=\"pkgslo.spans\",} 5.0\n")
        .contains("other_total 1.0\n");
  }

  private static CounterMetricFamily received(String topic, int count) {
    return new CounterMetricFamily("received", "Records read.", List.of("topic"))
        .addMetric(List.of(topic), count);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.export;

import io.pkgslo.platform.Labels;
import io.pkgslo.platform.MetricsQuery;
import io.pkgslo.platform.MetricsText;
import io.prometheus.client.exemplars.Exemplar;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Mutable, single-threaded: writes the samples of one family as they are made, and its head before
 * the first of them.
 */
final class StreamedSamples implements SampleSink {
  private final Family family;
  private final MetricsQuery query;
  private final MetricsText text;
  private boolean begun;

  StreamedSamples(Family family, MetricsQuery query, MetricsText text) {
    this.family = family;
    this.query = query;
    this.text = text;
  }

  /**
   * @throws UncheckedIOException when the reader has gone
   */
  @Override
  public void add(
      String name,
      Labels first,
      Labels second,
      Labels third,
      double value,
      @Nullable Exemplar exemplar) {
    if (!query.wantsName(name)) {
      return;
    }
    try {
      if (!begun) {
        begun = true;
        text.family(family.name(), family.type(), family.help());
      }
      text.sample(name, first, second, third, value, exemplar);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

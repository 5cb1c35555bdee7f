// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.export;

import io.prometheus.client.Collector;
import io.prometheus.client.Histogram;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * How long it takes from the append of an OTLP record to its count on {@code /metrics}: each block
 * of observations carries the append time of the record that brought it about. Items that wait for
 * relatives count with the record that let them settle.
 */
public final class EndToEnd {
  private static final double MILLIS_PER_SECOND = 1e3;

  private final Clock clock;
  private final Histogram seconds =
      Histogram.build(
              "pkgslo_end_to_end_seconds",
              "From the append of a source record to the commit of what it counts.")
          .buckets(0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 60, 300, 3600)
          .create();

  public EndToEnd(Clock clock) {
    this.clock = clock;
  }

  /** The blocks of one task that are not committed. Mutable, single-threaded. */
  public final class Pending {
    private final List<Long> appendedMillis = new ArrayList<>();

    private Pending() {}

    /** A block with facts was counted; negative times are unknown. */
    public void add(long appended) {
      if (appended >= 0) {
        appendedMillis.add(appended);
      }
    }

    /** They are committed, and shown. */
    public void committed() {
      long now = clock.millis();
      for (long appended : appendedMillis) {
        seconds.observe(Math.max(0, now - appended) / MILLIS_PER_SECOND);
      }
      appendedMillis.clear();
    }
  }

  /** For a task that begins to work here. */
  public Pending open() {
    return new Pending();
  }

  public Collector collector() {
    return seconds;
  }
}

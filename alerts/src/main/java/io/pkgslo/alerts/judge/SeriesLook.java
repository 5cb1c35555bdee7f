// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

import java.util.List;

/**
 * One series in one look.
 *
 * @param examples at most {@value #MAX_EXAMPLES} are kept
 */
public record SeriesLook(SeriesKey key, Counts counts, List<Example> examples) {

  /** Enough to start a search from, small enough for every record. */
  public static final int MAX_EXAMPLES = 3;

  public SeriesLook {
    if (key.sli().kind() == Sli.Kind.INIT_LATENCY) {
      throw new IllegalArgumentException("init durations are no counts, see LookFacts.initSeconds");
    }
    examples = List.copyOf(examples.subList(0, Math.min(MAX_EXAMPLES, examples.size())));
  }

  public SeriesLook(SeriesKey key, Counts counts) {
    this(key, counts, List.of());
  }
}

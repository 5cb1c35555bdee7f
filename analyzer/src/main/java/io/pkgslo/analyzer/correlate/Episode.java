// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import java.util.Objects;

/**
 * A panic episode: the first panic of a fault in a process, and what follows within 60 s
 * (reference: sli.md).
 *
 * @param process as Origin.process spells it
 * @param fingerprint of the fault
 * @param startEpochNanos time of the panic that opened it
 */
public record Episode(String process, long fingerprint, long startEpochNanos) {
  private static final long LENGTH_NANOS = 60_000_000_000L;

  public Episode {
    Objects.requireNonNull(process, "process");
  }

  /** True from the start, inclusive, to 60 s after it, exclusive. */
  boolean covers(long epochNanos) {
    return epochNanos >= startEpochNanos && epochNanos < startEpochNanos + LENGTH_NANOS;
  }
}

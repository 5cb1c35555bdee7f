// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.export;

/**
 * How one task is doing, for our own metrics. Written by the task's thread, read by any.
 *
 * @see StageMeters#open
 */
public final class StageGauges {
  private volatile long watermarkMillis = Long.MIN_VALUE;
  private volatile long kept;
  private volatile long horizonSeconds = -1;

  StageGauges() {}

  /**
   * @param watermarkMillis event time up to which all is worked off; {@code Long.MIN_VALUE} while
   *     unknown
   * @param kept identities, processes or subjects that are held
   */
  public void set(long watermarkMillis, long kept) {
    this.watermarkMillis = watermarkMillis;
    this.kept = kept;
  }

  /** How long a duplicate is recognised at present. */
  public void setHorizonSeconds(long seconds) {
    horizonSeconds = seconds;
  }

  long watermarkMillis() {
    return watermarkMillis;
  }

  long kept() {
    return kept;
  }

  /** Negative where duplicates are no matter. */
  long horizonSeconds() {
    return horizonSeconds;
  }
}

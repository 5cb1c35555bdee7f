// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

/**
 * What the window stage of one partition goes by.
 *
 * @param partition its number, 0-based
 * @param settleMillis wait for relatives: a bucket is closed that long after its end
 * @param retentionMillis older items are dropped, subjects that are silent for longer are forgotten
 * @param lateMinutesMillis how long after its end a minute per arm is corrected and sent again
 * @param storeAfterMillis event time after which a changed subject is written to its records
 */
public record StageSettings(
    int partition,
    long settleMillis,
    long retentionMillis,
    long lateMinutesMillis,
    long storeAfterMillis,
    SubjectLimits limits) {
  public StageSettings {
    if (partition < 0
        || settleMillis < 0
        || retentionMillis < 3_600_000
        || lateMinutesMillis < 0
        || storeAfterMillis < 0) {
      throw new IllegalArgumentException(
          "settings of the window stage out of range: partition "
              + partition
              + ", settle "
              + settleMillis
              + " ms, retention "
              + retentionMillis
              + " ms, late minutes "
              + lateMinutesMillis
              + " ms, store after "
              + storeAfterMillis
              + " ms");
    }
  }
}

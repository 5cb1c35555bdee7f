// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.ledger;

import io.pkgslo.alerts.judge.Context;
import org.jspecify.annotations.Nullable;

/**
 * Who asked, and in which circumstances.
 *
 * @param askedBy the caller's identity, or the stage that asks by itself
 * @param runId the caller's analysis run, execution id or checksum; absent if it gave none
 * @param askedEpochNanos when
 * @param context what was true then beside the evidence; holds the previous verdict
 */
public record Question(
    String askedBy, @Nullable String runId, long askedEpochNanos, Context context) {

  public Question {
    if (askedBy.isBlank()) {
      throw new IllegalArgumentException("a question needs somebody who asks");
    }
  }
}

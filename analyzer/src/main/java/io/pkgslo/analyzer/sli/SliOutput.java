// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.model.wire.SliBucket;

/** Takes what a block closes, in this order: corrected minutes, closed minutes, up to when. */
public interface SliOutput {
  /** A minute of one arm, closed now or closed before and corrected. */
  void bucket(SliBucket bucket);

  /** Every minute that ends at or before {@code epochMillis} has been given out. */
  void closedThrough(long epochMillis);
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.analyzer.window.ProgressTracker;

/**
 * When an input block came.
 *
 * @param sequence its number
 * @param watermarkMillis what the watermark was, or {@link ProgressTracker#UNKNOWN}
 * @param closedMillis up to where event time was closed, likewise
 */
record BlockTime(long sequence, long watermarkMillis, long closedMillis) {}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import java.util.List;

/**
 * What the facts of one input block are counted with.
 *
 * @param closedMillis up to where event time was closed when the block came, or {@code
 *     ProgressTracker.UNKNOWN}
 * @param lateMillis how long after its end a slice is judged again
 * @param thresholdNanos the bounds at which the block counts slow calls, ascending
 * @param labelSets series that an objective with labels may have of one subject
 */
record Fold(
    long closedMillis,
    long lateMillis,
    List<Long> thresholdNanos,
    int labelSets,
    DropListener drops) {}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate;

import org.jspecify.annotations.Nullable;

/**
 * How far the pipeline has come, epoch milliseconds; each is null while unknown.
 *
 * @param dataThroughMillis event time up to which everything is counted
 * @param dataHeardMillis wall clock at which the quietest partition of the analyzer last came
 *     further
 * @param judgedThroughMillis event time up to which every look is judged
 */
record Freshness(
    @Nullable Long dataThroughMillis,
    @Nullable Long dataHeardMillis,
    @Nullable Long judgedThroughMillis) {}

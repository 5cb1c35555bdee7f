// SPDX-License-Identifier: Apache-2.0
/**
 * Stage 2 of the analyzer, behind {@code correlate}: buckets of event time and sums over windows of
 * them. In come settled amounts with their event time; out go sums of valid and bad events per
 * window, and quantiles. Dropped is only what is older than every window that could hold it; the
 * caller counts that.
 *
 * <p>Nothing here knows the wall clock: time moves when the caller says up to when event time is
 * closed.
 */
@NullMarked
package io.pkgslo.analyzer.window;

import org.jspecify.annotations.NullMarked;

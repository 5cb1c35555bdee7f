// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import org.jspecify.annotations.Nullable;

/**
 * The Go runtimes of one version of a service at one moment. What is null is not known.
 *
 * @param processes that said something within the last 5 min; what follows is of these
 * @param heapBytes in use
 * @param pauseShare of wall time that garbage collection stopped the process, between its two
 *     latest points
 * @param pauseSeconds ever, of all processes
 * @param collections ever, of all processes
 */
public record RuntimeSnapshot(
    int processes,
    @Nullable Spread goroutines,
    @Nullable Spread heapBytes,
    @Nullable Spread pauseShare,
    double pauseSeconds,
    double collections,
    @Nullable Waits waitSeconds,
    @Nullable Growth goroutineGrowth,
    @Nullable Growth heapGrowth) {}

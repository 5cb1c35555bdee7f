// SPDX-License-Identifier: Apache-2.0
/**
 * How fast a busy pkgslo answers, and how fast it decides: the application as users start it, fed
 * with OTLP of many rollouts in real time, while its gates are asked at a fixed rate.
 *
 * <p>Out: percentiles of the answers and of the way from the close of a look to its verdict.
 */
@NullMarked
package io.pkgslo.benchmarks.gates;

import org.jspecify.annotations.NullMarked;

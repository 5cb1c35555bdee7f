// SPDX-License-Identifier: Apache-2.0
/**
 * Load for the benchmarks: OTLP records with fresh ids and times, and the topic that they stand on.
 *
 * <p>In: a shape of traffic, or a recording. Out: records on {@code otlp_spans}. Nothing is
 * dropped; how many spans stand on the topic is known to the span.
 */
@NullMarked
package io.pkgslo.benchmarks.load;

import org.jspecify.annotations.NullMarked;

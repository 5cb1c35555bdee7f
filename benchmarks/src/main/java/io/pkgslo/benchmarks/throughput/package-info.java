// SPDX-License-Identifier: Apache-2.0
/**
 * Throughput from end to end: a topic of realistic load on a broker of its own, read by a bare
 * consumer, by ingest, and by ingest and the analyzer, in alternation, each in a JVM of its own.
 *
 * <p>In: a {@link io.pkgslo.benchmarks.throughput.Workload}. Out: medians and the ratios between
 * the roles, as text or JSON. A run whose counts are not exact fails.
 */
@NullMarked
package io.pkgslo.benchmarks.throughput;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/**
 * Facts in, observations out, each counted once.
 *
 * <p>Before: ingest. In: {@code SpanBlock} and {@code LogBlock} of one partition of pkgslo.spans
 * and pkgslo.logs ({@link io.pkgslo.analyzer.correlate.TraceCorrelator}); {@code ProcessBlock} and
 * {@code PanicBlock} of one partition of pkgslo.process and pkgslo.panics ({@link
 * io.pkgslo.analyzer.correlate.ProcessCorrelator}). Out: observations for windows, and from traces
 * the panics that processes then merge. Dropped, by {@link
 * io.pkgslo.analyzer.correlate.CorrelateDrop}: duplicates, what comes too late for its relatives,
 * and what exceeds a bound.
 *
 * <p>A correlator is a fold over its blocks in their order: single-threaded, no wall clock, no
 * randomness. Its durable form is its input. Whoever keeps the blocks since {@code
 * replayFromMillis()} and feeds them to a fresh correlator, output thrown away, has the same
 * correlator again.
 */
@NullMarked
package io.pkgslo.analyzer.correlate;

import org.jspecify.annotations.NullMarked;

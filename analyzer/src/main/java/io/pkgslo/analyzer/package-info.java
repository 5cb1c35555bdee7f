// SPDX-License-Identifier: Apache-2.0
/**
 * Service 2: facts to SLIs, budgets and evidence.
 *
 * <p>Before: ingest. In: blocks of facts on pkgslo.spans, pkgslo.logs and pkgslo.process, and the
 * objectives that alerts writes. Out: closed minutes per arm (pkgslo.slis), the present state of
 * every subject (pkgslo.subjects), and series for Prometheus. Dropped, by reason: duplicates, what
 * is older than the retention, what points nowhere; blocks that cannot be read go to the dead
 * letters of their topic.
 *
 * <p>The stages, in order: {@code correlate}, {@code window}, {@code sli}, {@code budget}, {@code
 * export}. This package ties them to Kafka Streams: {@link io.pkgslo.analyzer.AnalyzerTopology} is
 * the flow from top to bottom, {@link io.pkgslo.analyzer.AnalyzerPipeline} its life.
 *
 * <p>Committed means: state, output and input position of a stream thread's tasks stand in one
 * Kafka transaction. A block's output is sent before the next block is read.
 */
@NullMarked
package io.pkgslo.analyzer;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/**
 * Consume, commit, dead-letter: the first stage of ingest, with no logic of its own.
 *
 * <p>In: records of {@code otlp_spans}, {@code otlp_logs} and {@code otlp_metrics}, any key, any
 * partitioning. Out: values to the stages behind, and, in one transaction per poll or for some that
 * piled up, their facts, the dead letters and the source offsets. Committed means that all three
 * are. Dropped: nothing; what the stages behind cannot read goes to {@code <topic>.dlq}.
 */
@NullMarked
package io.pkgslo.ingest.record;

import org.jspecify.annotations.NullMarked;

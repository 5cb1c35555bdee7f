// SPDX-License-Identifier: Apache-2.0
/**
 * Service 1: OTLP on Kafka to facts about Go packages. In: what Go services send through a
 * Collector's Kafka exporter. Out: {@code pkgslo.spans} and {@code pkgslo.logs} by trace, {@code
 * pkgslo.process} by process, dead letters. Dropped: single items, by reason. Read {@link
 * io.pkgslo.ingest.IngestPipeline} first.
 */
@NullMarked
package io.pkgslo.ingest;

import org.jspecify.annotations.NullMarked;

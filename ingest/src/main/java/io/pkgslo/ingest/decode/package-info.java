// SPDX-License-Identifier: Apache-2.0
/**
 * OTLP bytes to values: the stage behind {@code record} and before {@code attribute}.
 *
 * <p>In: the value of one Kafka record of a source topic, protobuf or JSON. Out: calls of a sink
 * ({@link io.pkgslo.ingest.decode.TraceSink}, {@link io.pkgslo.ingest.decode.LogSink}, {@link
 * io.pkgslo.ingest.decode.MetricSink}) with views of each resource, scope and item. Dropped:
 * nothing one by one. A record decodes as a whole or fails as a whole with one {@link
 * io.pkgslo.ingest.decode.MalformedOtlpException}, before the sink hears anything of it; the caller
 * dead-letters it.
 *
 * <p>Views and slices are flyweights: they are moved from item to item, point into the record's own
 * bytes, and mean something only until the callback returns. Nothing here is safe for use by
 * several threads at once: each consumer thread has its own decoders.
 */
@NullMarked
package io.pkgslo.ingest.decode;

import org.jspecify.annotations.NullMarked;

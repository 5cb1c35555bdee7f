// SPDX-License-Identifier: Apache-2.0
/**
 * Facts to keyed topics: the stage behind {@code attribute} and the last of ingest.
 *
 * <p>In: the facts of one transaction, through {@link io.pkgslo.ingest.attribute.FactSink}. Out:
 * blocks, one or a few records per target partition, with the partition chosen by {@link
 * io.pkgslo.model.Partitions} and the progress of the sources in the last block of each partition.
 * Dropped: nothing.
 */
@NullMarked
package io.pkgslo.ingest.publish;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/**
 * Spans, log records and metric points to facts about Go packages: the stage behind {@code decode}
 * and before {@code publish}.
 *
 * <p>In: views of the items of one record. Out: facts, through {@link
 * io.pkgslo.ingest.attribute.FactSink}; whose they are ({@link
 * io.pkgslo.ingest.attribute.ProcessOrigin}), which Go package they belong to and what said so, how
 * many calls a span stands for, which panics and initialisations they report. Dropped: single
 * items, by {@link io.pkgslo.ingest.attribute.DropReason}; the rest of the record stays.
 *
 * <p>No class here keeps anything that a result depends on: caches only repeat what the same bytes
 * gave before. A record gives the same facts whenever and wherever it is read, which is what makes
 * redelivery harmless.
 */
@NullMarked
package io.pkgslo.ingest.attribute;

import org.jspecify.annotations.NullMarked;

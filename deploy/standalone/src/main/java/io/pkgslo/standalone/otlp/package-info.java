// SPDX-License-Identifier: Apache-2.0
/**
 * The door for a Go service that has no Collector: OTLP over HTTP and gRPC, written to the same
 * topics that a Collector's Kafka exporter writes to.
 *
 * <p>In come export requests, out go records whose values are the requests' bodies, unpacked but
 * otherwise unchanged; a body over Kafka's limit is parted by resource. A request is acknowledged
 * after the brokers' acknowledgement, never before. Nothing is dropped silently: what is not OTLP
 * at its outermost level or too large is refused with a reason, and what Kafka does not take is
 * handed back to the sender to try again, which may double it; the analyzer absorbs duplicates.
 */
@NullMarked
package io.pkgslo.standalone.otlp;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/**
 * A real Apache Kafka broker in one JVM: {@link io.pkgslo.broker.EmbeddedKafka} inside a test's
 * own, {@link io.pkgslo.broker.BrokerProcess} as the child process of the standalone.
 *
 * <p>Before it: a data directory, new or used. After it: a broker on 127.0.0.1 that keeps records
 * of any age until it is told otherwise. Nothing that was acknowledged is dropped, also when the
 * process is killed.
 */
@NullMarked
package io.pkgslo.broker;

import org.jspecify.annotations.NullMarked;

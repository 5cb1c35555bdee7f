// SPDX-License-Identifier: Apache-2.0
/** A real Apache Kafka broker in one JVM. */
@NullMarked
package io.pkgslo.broker;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/** Service 1: OTLP on Kafka to facts about Go packages. */
@NullMarked
package io.pkgslo.ingest;

import org.jspecify.annotations.NullMarked;

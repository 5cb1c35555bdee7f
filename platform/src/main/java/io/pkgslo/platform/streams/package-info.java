// SPDX-License-Identifier: Apache-2.0
/**
 * What services on Kafka Streams share: who notices a commit, what became of each record, and where
 * it stood before it became a dead letter. Only who brings Kafka Streams along may use it.
 */
@NullMarked
package io.pkgslo.platform.streams;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/**
 * What an operator does with dead letters: list, look at, and send again. Before it: records on
 * {@code <topic>.dlq}, as ingest and the analyzer put them there. After it: the same records on
 * their topics, each at most once.
 */
@NullMarked
package io.pkgslo.standalone.dlq;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/**
 * {@code benchmarks/run start}: how long each service takes from its start to the first 200 from
 * {@code /metrics}, without and, where the JVM knows them, with an AOT cache.
 */
@NullMarked
package io.pkgslo.benchmarks.start;

import org.jspecify.annotations.NullMarked;

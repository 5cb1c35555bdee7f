// SPDX-License-Identifier: Apache-2.0
/**
 * How old {@code /metrics} is: from a record's arrival on {@code otlp_spans} to the series that
 * counts it, while a fixed load runs.
 */
@NullMarked
package io.pkgslo.benchmarks.freshness;

import org.jspecify.annotations.NullMarked;

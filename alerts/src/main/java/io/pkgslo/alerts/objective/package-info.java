// SPDX-License-Identifier: Apache-2.0
/**
 * Stage objective. In: the built-in objectives, files of OpenSLO, {@code pkg.yaml} and annotations
 * in Go source. Out: {@code Slo} values for the stage rule, and the compacted topic
 * pkgslo.objectives for the analyzer. Nothing is dropped: a set with an error is refused as a
 * whole.
 *
 * <p>yaml reads nodes with places, openslo, code and foreign make objectives of them, promql checks
 * queries, report tells what was found, and live keeps the topic and the files the same.
 */
@NullMarked
package io.pkgslo.alerts.objective;

import org.jspecify.annotations.NullMarked;

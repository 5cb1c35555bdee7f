// SPDX-License-Identifier: Apache-2.0
/**
 * Stage objective. In: the built-in objectives, and files of OpenSLO v1. Out: {@code Slo} values
 * for the stage rule, and the compacted topic pkgslo.objectives for the analyzer. Nothing is
 * dropped: an objective that is not valid is refused as a whole.
 */
@NullMarked
package io.pkgslo.alerts.objective;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/**
 * OpenSLO v1 and v2alpha, in and out. In: YAML nodes with places. Out: {@code Slo} values, or the
 * same as text. Nothing is dropped: what cannot be counted or applied is an error or a warning at
 * its place.
 */
@NullMarked
package io.pkgslo.alerts.objective.openslo;

import org.jspecify.annotations.NullMarked;

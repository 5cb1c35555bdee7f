// SPDX-License-Identifier: Apache-2.0
/**
 * Objectives that stand beside the code. In: {@code pkg.yaml} files and annotations in comments of
 * a Go source tree. Out: {@code Slo} values, alert rules and a page of metrics. What is not valid
 * is reported at its place.
 */
@NullMarked
package io.pkgslo.alerts.objective.code;

import org.jspecify.annotations.NullMarked;

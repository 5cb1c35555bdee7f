// SPDX-License-Identifier: Apache-2.0
/**
 * Stage rule. In: {@code Slo} values of the stage objective. Out: one Prometheus rule file over the
 * exact series that the analyzer exports. A tier that could never fire, because even a total outage
 * stays below its burn rate, is left out.
 */
@NullMarked
package io.pkgslo.alerts.rule;

import org.jspecify.annotations.NullMarked;

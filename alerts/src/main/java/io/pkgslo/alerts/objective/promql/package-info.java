// SPDX-License-Identifier: Apache-2.0
/**
 * PromQL as far as it can be checked without Prometheus: syntax, types, names of functions and
 * their arguments. Whether a series exists only Prometheus knows.
 */
@NullMarked
package io.pkgslo.alerts.objective.promql;

import org.jspecify.annotations.NullMarked;

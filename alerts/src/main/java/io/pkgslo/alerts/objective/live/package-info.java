// SPDX-License-Identifier: Apache-2.0
/**
 * Objectives that change while pkgslo runs. In: the objective directory. Out: the published set. A
 * set that is not valid is not published; the last good one stays in force, and health, metrics and
 * log say so.
 */
@NullMarked
package io.pkgslo.alerts.objective.live;

import org.jspecify.annotations.NullMarked;

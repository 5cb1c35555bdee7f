// SPDX-License-Identifier: Apache-2.0
/**
 * Objectives of other tools. In: files of Sloth, Pyrra and OpenSLO v1alpha. Out: the same
 * objectives as OpenSLO v1. What cannot be carried over is listed, and never dropped in silence.
 */
@NullMarked
package io.pkgslo.alerts.objective.foreign;

import org.jspecify.annotations.NullMarked;

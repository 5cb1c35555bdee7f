// SPDX-License-Identifier: Apache-2.0
/**
 * Stage gate. In: the compacted topics pkgslo.subjects, pkgslo.verdicts and pkgslo.objectives,
 * which every instance reads whole. Out: answers over HTTP, always from memory, so that a busy
 * pipeline does not slow a deployment down; one answer per release, in the forms of the packages
 * below. Nothing is computed here but the age of what is known. Dropped: nothing; refused requests
 * are counted by reason.
 */
@NullMarked
package io.pkgslo.alerts.gate;

import org.jspecify.annotations.NullMarked;

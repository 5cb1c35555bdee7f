// SPDX-License-Identifier: Apache-2.0
/**
 * Stage act, off by default. In: pkgslo.verdicts. Out: signed webhooks and CDEvents for each change
 * of a verdict. Held back: what flaps (cool-down) and what goes in circles (loop guard). Not
 * delivered after all attempts: a dead letter on {@code pkgslo.verdicts.dlq}, counted and kept.
 */
@NullMarked
package io.pkgslo.alerts.act;

import org.jspecify.annotations.NullMarked;

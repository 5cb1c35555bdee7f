// SPDX-License-Identifier: Apache-2.0
/**
 * Panics, fatal errors and signal dumps. In: lines of one process or one text; out: events.
 * Dropped: operator dumps, aborted handlers, race reports, stacks without a panic, and what exceeds
 * the stated bounds.
 */
@NullMarked
package io.pkgslo.golang.crash;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/**
 * Exact under fire: a generator that knows what it sends, a real broker, several processes of
 * ingest and of the analyzer, and everything that can happen to them. At the end every counter,
 * window and budget has to equal the generator's ledger.
 *
 * <p>The generator and the ledger follow {@code docs/sli.md} and share no code with what they
 * check. A run prints its seed, and {@code -Dpkgslo.chaos.seed} repeats its telemetry and its
 * faults; the moments at which the faults meet the processes are those of the machine.
 */
@NullMarked
package io.pkgslo.standalone.chaos;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/**
 * Append-only decisions that anyone can check.
 *
 * <p>Comes in: what {@link io.pkgslo.alerts.judge judge} was asked and all that it knew. Goes out:
 * sealed records, one chain of hashes per rollout, as canonical JSON. Nothing is dropped: a record
 * that cannot be written is not a decision.
 *
 * <pre>{@code
 * DecisionRecord record = DecisionRecord.decide(last, rollout, question, arms, basis, dryRun);
 * SealedRecord sealed = SealedRecord.seal(record);   // sealed.toJson() is the record on the topic
 * List<LedgerCheck.Finding> findings = new LedgerCheck().verify(lines);
 * }</pre>
 */
@NullMarked
package io.pkgslo.alerts.ledger;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.ledger;

import java.time.Instant;

/**
 * One record of the ledger in short.
 *
 * @param sequence place in the chain of its rollout, from 0
 * @param recordedAt when it was written
 */
public record LedgerLine(
    String decisionId,
    String rollout,
    long sequence,
    String verdict,
    String rule,
    String reason,
    String askedBy,
    Instant recordedAt) {}

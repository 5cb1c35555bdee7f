// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.ledger;

/** The two arms of a rollout as they were when the question was asked. */
public record Arms(ArmFacts canary, ArmFacts baseline) {}

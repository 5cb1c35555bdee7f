// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.ledger;

/**
 * What was done about a verdict.
 *
 * @param actor who or what acted: an actuator, a gate's caller, a person
 * @param what was done, for instance {@code argo-abort}
 * @param actedEpochNanos when
 */
public record Action(String actor, String what, long actedEpochNanos) {}

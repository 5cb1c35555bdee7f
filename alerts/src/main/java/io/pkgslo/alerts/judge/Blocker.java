// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

/**
 * What stands against acting.
 *
 * @param rule which rule
 * @param reason in words
 */
record Blocker(Rule rule, String reason) {}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

/**
 * One series of a claim and what is known of it.
 *
 * @param key the series
 * @param evidence of its looks so far
 */
public record MemberState(SeriesKey key, CountEvidence evidence) {}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

/**
 * A stretch of steady traffic in a model.
 *
 * @param minutes its length
 * @param valid events per minute
 * @param bad events per minute
 */
record Phase(int minutes, long valid, long bad) {}

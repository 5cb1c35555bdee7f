// SPDX-License-Identifier: Apache-2.0
/**
 * Stage publish. In: the objectives in force. Out: their Prometheus rules, at {@code /api/v1/rules}
 * and in a directory that Prometheus reads, which is told to do so. Nothing is dropped: what cannot
 * be written is tried again until it can, and health says so meanwhile.
 */
@NullMarked
package io.pkgslo.alerts.publish;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

import org.jspecify.annotations.Nullable;

/**
 * One event to show to a person; the judge passes it on and draws nothing from it.
 *
 * @param arm where it happened
 * @param fingerprint of the stack, if there is a stack
 * @param stack as Go prints it
 * @param traceId 32 hex digits
 */
public record Example(
    Arm arm, @Nullable String fingerprint, @Nullable String stack, @Nullable String traceId) {}

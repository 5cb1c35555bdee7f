// SPDX-License-Identifier: Apache-2.0
/**
 * The gate for whoever speaks with Kayenta: the {@code kayenta} provider of Argo Rollouts,
 * Spinnaker, and Kayenta itself, which asks a remote judge. In: an application, the canary's scope,
 * thresholds. Out: a score that says promote (100), rollback (0), or hold (between the thresholds).
 */
@NullMarked
package io.pkgslo.alerts.gate.kayenta;

import org.jspecify.annotations.NullMarked;

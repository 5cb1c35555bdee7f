// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.openslo;

import io.pkgslo.alerts.objective.Severity;
import java.math.BigDecimal;
import java.time.Duration;

/**
 * What an alert condition says.
 *
 * @param burnRate alert above it
 * @param lookback one of the long windows of tiers
 * @param alertAfter how long it must hold, zero for at once
 * @param document where problems with it are reported
 */
record Condition(
    Severity severity,
    BigDecimal burnRate,
    Duration lookback,
    Duration alertAfter,
    OpenSloDocument document) {}

// SPDX-License-Identifier: Apache-2.0
/**
 * As much of Prometheus' HTTP API as deployment tools and dashboards need to read verdicts and SLIs
 * ({@code rollback-contracts.md}, Prometheus facade). In: small expressions. Out: what is known
 * now; there is no history. What is not known is hold (code 0) for verdicts, and no series for
 * SLIs.
 */
@NullMarked
package io.pkgslo.alerts.gate.prometheus;

import org.jspecify.annotations.NullMarked;

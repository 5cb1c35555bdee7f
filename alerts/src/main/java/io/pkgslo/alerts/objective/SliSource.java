// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective;

/** Where the valid and bad events of an objective come from. */
public sealed interface SliSource permits PackageSli, PrometheusQueries {}

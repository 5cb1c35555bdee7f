// SPDX-License-Identifier: Apache-2.0
/**
 * The gate for the {@code web} provider of Argo Rollouts, and for whoever else wants one small JSON
 * object about one release ({@code rollback-contracts.md}, Argo Rollouts). In: service and version.
 * Out: the verdict, below 1 KB, since Argo keeps ten of them in etcd.
 */
@NullMarked
package io.pkgslo.alerts.gate.argo;

import org.jspecify.annotations.NullMarked;

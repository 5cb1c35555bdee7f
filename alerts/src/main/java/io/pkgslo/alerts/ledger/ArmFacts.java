// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.ledger;

import org.jspecify.annotations.Nullable;

/**
 * What is known of one arm. Absent means unknown.
 *
 * @param version as {@code service.version} or the policy's attribute names it
 * @param digest of the container image
 * @param podTemplateHash of the ReplicaSet
 * @param workload for instance a Deployment's name
 * @param pods that reported in the latest look
 */
public record ArmFacts(
    String version,
    @Nullable String digest,
    @Nullable String podTemplateHash,
    @Nullable String workload,
    @Nullable Integer pods) {}

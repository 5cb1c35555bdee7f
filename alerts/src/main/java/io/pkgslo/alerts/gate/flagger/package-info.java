// SPDX-License-Identifier: Apache-2.0
/**
 * The hooks that Flagger calls ({@code rollback-contracts.md}, Flagger webhooks). In: name,
 * namespace, phase, checksum and metadata. Out: 200 for yes and 403 for no; what yes means depends
 * on the hook, and for the hook rollback it means to roll back.
 */
@NullMarked
package io.pkgslo.alerts.gate.flagger;

import org.jspecify.annotations.NullMarked;

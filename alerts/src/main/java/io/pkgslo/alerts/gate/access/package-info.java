// SPDX-License-Identifier: Apache-2.0
/**
 * Who may ask, and who may change something. In: the head of every request under the paths of the
 * API and of the gates. Out: the caller, or a refusal as JSON, counted by reason and written to the
 * audit log. Secrets are kept as hashes and never written anywhere.
 */
@NullMarked
package io.pkgslo.alerts.gate.access;

import org.jspecify.annotations.NullMarked;

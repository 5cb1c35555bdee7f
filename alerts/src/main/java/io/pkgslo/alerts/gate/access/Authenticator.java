// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.access;

import org.jspecify.annotations.Nullable;

/** Tells whose token it is. May block: it may have to fetch keys. */
@FunctionalInterface
interface Authenticator {
  /** Null when the token is nobody's, has run out, or cannot be verified now. */
  @Nullable Caller callerOf(String token);
}

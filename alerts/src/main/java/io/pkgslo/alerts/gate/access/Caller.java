// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.access;

import org.jspecify.annotations.Nullable;

/**
 * Who asks.
 *
 * @param name of the token, or the subject of a JWT; for nobody in particular the address
 * @param role absent for somebody without a token
 */
public record Caller(String name, @Nullable Role role) {
  /** Under this key a request carries its caller, for whoever records who did what. */
  public static final String KEY = "pkgslo.caller";
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.act;

/** Keeps what could not be delivered. */
@FunctionalInterface
interface DeadLetters {
  /**
   * Returns when it is kept.
   *
   * @throws IllegalStateException if it cannot be kept
   */
  void keep(Notice notice, String reason);
}

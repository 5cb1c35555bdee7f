// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.ledger;

import org.jspecify.annotations.Nullable;

/** The ledger is there but cannot be read now. */
public final class LedgerException extends Exception {
  private static final long serialVersionUID = 1L;

  LedgerException(String message) {
    this(message, null);
  }

  LedgerException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

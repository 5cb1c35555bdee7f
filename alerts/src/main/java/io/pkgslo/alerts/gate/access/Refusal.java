// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.access;

/** Why a request is refused; the label of the counter. */
public enum Refusal {
  NO_TOKEN("no-token", 401),
  BAD_TOKEN("bad-token", 401),
  ROLE("role", 403),
  RATE_LIMIT("rate-limit", 429),
  TOO_LARGE("too-large", 413),
  MALFORMED("malformed", 400),
  UNKNOWN_PATH("unknown-path", 404),
  METHOD("method", 405);

  private final String label;
  private final int status;

  Refusal(String label, int status) {
    this.label = label;
    this.status = status;
  }

  public String label() {
    return label;
  }

  /** HTTP status. */
  public int status() {
    return status;
  }
}

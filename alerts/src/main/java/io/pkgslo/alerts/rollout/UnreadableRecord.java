// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

/** A record that cannot be read: it goes to the dead letters of its topic. */
final class UnreadableRecord extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  /**
   * @param reason a constant
   * @param message what is wrong, for the log
   */
  UnreadableRecord(String reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}

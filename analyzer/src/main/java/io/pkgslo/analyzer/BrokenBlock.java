// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer;

/** A record on one of our topics that is no block. */
final class BrokenBlock extends Exception {
  private static final long serialVersionUID = 1;

  private final String reason;

  BrokenBlock(String reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** A constant, for metrics and the header of the dead letter. */
  String reason() {
    return reason;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.http;

/** A request that cannot be answered as it is; the message says what was expected, in one line. */
public final class BadAsk extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String expectation;

  public BadAsk(String expectation) {
    super(expectation);
    this.expectation = expectation;
  }

  /** What was expected. */
  public String expectation() {
    return expectation;
  }
}

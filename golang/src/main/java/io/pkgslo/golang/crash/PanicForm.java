// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang.crash;

/** In which form a panic was reported (reference: go-telemetry.md 2.1 and 3). */
public enum PanicForm {
  /** The runtime's own dump; the process ended. */
  CRASH,
  /** {@code http: panic serving …} of net/http and its HTTP/2 server. */
  HTTP_SERVER,
  GIN,
  /** echo's {@code [PANIC RECOVER]}. */
  ECHO,
  /** chi's {@code panic: …} with arrows before its first frame. */
  CHI,
  NEGRONI,
  /** go-grpc-middleware's {@code panic caught: …}. */
  GRPC,
  /** Kubernetes' and controller-runtime's {@code Observed a panic}. */
  HANDLE_CRASH,
  /**
   * {@code error="panic: … [recovered]"}: controller-runtime says a second time what it said as
   * {@link #HANDLE_CRASH}.
   */
  ERROR_VALUE,
  /** Any log record or text with a stack below a {@code panic} frame. */
  LOGGED_STACK,
  /** A log record that says that a panic was recovered and what it said, without a stack. */
  STATEMENT,
  /** An {@code exception} event or exception attributes. */
  EXCEPTION;

  /** False only for the runtime's own dump. */
  public boolean isRecovered() {
    return this != CRASH;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.promql;

/** A query that Prometheus would refuse; the message says what was found and what is expected. */
final class PromqlException extends Exception {
  private static final long serialVersionUID = 1L;

  PromqlException(String message) {
    super(message);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.broker;

import org.jspecify.annotations.Nullable;

/**
 * The broker could not start, or did not do what it was told. The message names the directory, port
 * or topic and what to do about it; the cause, where there is one, is Kafka's.
 */
public final class BrokerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BrokerException(String message) {
    super(message);
  }

  BrokerException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

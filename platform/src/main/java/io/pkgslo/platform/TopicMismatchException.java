// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.platform;

/**
 * A topic has another number of partitions than planned. That number is fixed when a topic is
 * created, so trying again is of no use.
 */
public final class TopicMismatchException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  TopicMismatchException(String message) {
    super(message);
  }
}

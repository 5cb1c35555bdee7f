// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.record;

import org.apache.kafka.common.errors.RecordTooLargeException;

/**
 * How much of a value a dead letter keeps. All of it, unless the brokers refuse a record as too
 * large: a partition must not stand still because of what cannot be read anyway. Mutable,
 * single-threaded.
 */
final class LetterSize {
  /** With headers and a block of facts beside it, within the largest request of the producer. */
  private static final int LARGEST_BYTES = 48 << 20;

  /** Fits into a record of the brokers' default limit. */
  private static final int SMALL_BYTES = 900_000;

  private int bytes = LARGEST_BYTES;

  /** Bytes of a value that are kept at most. */
  int bytes() {
    return bytes;
  }

  /**
   * Takes note of why a transaction failed.
   *
   * @return true if less is kept from now on
   */
  boolean reduce(Throwable failure) {
    if (bytes == 0 || !isTooLarge(failure)) {
      return false;
    }
    bytes = bytes > SMALL_BYTES ? SMALL_BYTES : 0;
    return true;
  }

  private static boolean isTooLarge(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RecordTooLargeException) {
        return true;
      }
    }
    return false;
  }
}

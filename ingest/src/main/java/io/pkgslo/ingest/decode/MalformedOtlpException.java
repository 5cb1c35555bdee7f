// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

/**
 * The one way in which decoding fails. It carries what and where, never the payload, and no stack
 * trace: a topic full of foreign bytes must not cost more than a topic full of spans.
 */
public final class MalformedOtlpException extends Exception {
  private static final long serialVersionUID = 1L;

  private final DecodeFailure failure;
  private final int position;

  MalformedOtlpException(DecodeFailure failure, int position, String what) {
    super(what + " at byte " + position, null, false, false);
    this.failure = failure;
    this.position = position;
  }

  public DecodeFailure failure() {
    return failure;
  }

  /** Offset from the start of the record's value. */
  public int position() {
    return position;
  }
}

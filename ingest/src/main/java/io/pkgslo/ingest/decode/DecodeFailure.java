// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

/** Why a record's value is no OTLP message. The constants name dead-letter reasons. */
public enum DecodeFailure {
  /** Sound bytes of some other format, such as Jaeger's, Zipkin's, or another signal's JSON. */
  NOT_OTLP("not-otlp"),
  /** The value ends inside a field: part of it is missing. */
  TRUNCATED("truncated"),
  /** Not the encoding that it seems to be. */
  MALFORMED("malformed"),
  /** Values are nested deeper than {@link DecodeLimits#maxDepth()}. */
  TOO_DEEP("too-deep"),
  /** The value is larger than {@link DecodeLimits#maxRecordBytes()}. */
  TOO_LARGE("too-large");

  private final String reason;

  DecodeFailure(String reason) {
    this.reason = reason;
  }

  /** The reason as it stands in metrics and dead-letter headers. */
  public String reason() {
    return reason;
  }
}

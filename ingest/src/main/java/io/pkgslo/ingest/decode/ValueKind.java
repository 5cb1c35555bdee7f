// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

/** What an AnyValue holds. */
public enum ValueKind {
  /** Nothing: no member is set. */
  EMPTY(0),
  STRING(1),
  BOOL(2),
  INT(3),
  DOUBLE(4),
  ARRAY(5),
  KVLIST(6),
  BYTES(7);

  private static final ValueKind[] VALUES = values();

  private final int code;

  ValueKind(int code) {
    this.code = code;
  }

  static ValueKind ofCode(int code) {
    return VALUES[code];
  }

  /** The number of the member in the schema, 0 for none: what the tape and hashes hold. */
  int code() {
    return code;
  }

  /** The member that a tag of AnyValue sets; EMPTY for an unknown field. */
  static ValueKind ofTag(int tag) {
    return switch (tag) {
      case OtlpFields.AnyValue.STRING -> STRING;
      case OtlpFields.AnyValue.BOOL -> BOOL;
      case OtlpFields.AnyValue.INT -> INT;
      case OtlpFields.AnyValue.DOUBLE -> DOUBLE;
      case OtlpFields.AnyValue.ARRAY -> ARRAY;
      case OtlpFields.AnyValue.KVLIST -> KVLIST;
      case OtlpFields.AnyValue.BYTES -> BYTES;
      default -> EMPTY;
    };
  }

  /** Whether it holds further values. */
  public boolean isNested() {
    return this == ARRAY || this == KVLIST;
  }

  /** Whether it holds a stretch of bytes. */
  public boolean isText() {
    return this == STRING || this == BYTES;
  }
}

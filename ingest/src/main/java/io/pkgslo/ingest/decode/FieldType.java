// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

/** How the schema types a field, which decides both its wire form and its JSON form. */
enum FieldType {
  STRING(WireReader.LENGTH_DELIMITED),
  /** base64 in JSON. */
  BYTES(WireReader.LENGTH_DELIMITED),
  /** Bytes that OTLP/JSON writes in hex: trace and span ids. */
  ID(WireReader.LENGTH_DELIMITED),
  BOOL(WireReader.VARINT),
  ENUM(WireReader.VARINT),
  /** int64, uint64 and uint32: the same on the wire. */
  INTEGER(WireReader.VARINT),
  /** sint32. */
  ZIGZAG(WireReader.VARINT),
  /** fixed64 and sfixed64. */
  FIXED64(WireReader.FIXED64),
  FIXED32(WireReader.FIXED32),
  DOUBLE(WireReader.FIXED64),
  MESSAGE(WireReader.LENGTH_DELIMITED);

  private final int wireType;

  FieldType(int wireType) {
    this.wireType = wireType;
  }

  int wireType() {
    return wireType;
  }
}

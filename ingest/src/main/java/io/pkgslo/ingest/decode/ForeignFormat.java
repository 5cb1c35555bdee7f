// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

/**
 * Tells sound bytes of another protobuf format from broken OTLP. Zipkin's list of spans, for one,
 * also holds nothing but field 1, but within it fields that OTLP has never had.
 */
final class ForeignFormat {
  private static final int LAST_FIELD = 3;
  private static final int REMOVED_FIELD =
      OtlpFields.PerResource.REMOVED_LIBRARIES >>> WireReader.TYPE_BITS;

  private ForeignFormat() {}

  /**
   * Whether the two outer levels of a record are sound, and the second has fields that are not
   * OTLP's. For records that did not parse only: a newer OTLP may well have such fields.
   */
  static boolean isLikely(WireReader in) {
    boolean foreign = false;
    try {
      while (in.readTag() != 0) {
        int outer = in.enter(1);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
          int number = tag >>> WireReader.TYPE_BITS;
          foreign |= number > LAST_FIELD && number != REMOVED_FIELD;
          in.skip(tag, 1);
        }
        in.leave(outer);
      }
    } catch (MalformedOtlpException e) {
      return false;
    }
    return foreign;
  }

  static MalformedOtlpException failure(int position) {
    return new MalformedOtlpException(
        DecodeFailure.NOT_OTLP, position, "fields that no OTLP message has");
  }
}

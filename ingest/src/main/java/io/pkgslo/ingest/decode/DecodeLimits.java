// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

/**
 * What a record may cost at most. Memory of a decoder is bounded by a small multiple of the largest
 * record, so this is what bounds it.
 *
 * @param maxRecordBytes longest value that is decoded, in bytes; a longer one is {@link
 *     DecodeFailure#TOO_LARGE}
 * @param maxDepth messages within messages, counted from the outermost; the official Java classes
 *     stop at 100
 */
public record DecodeLimits(int maxRecordBytes, int maxDepth) {
  private static final int LARGEST_RECORD_BYTES = 256 << 20;
  private static final int SMALLEST_DEPTH = 8;
  private static final int LARGEST_DEPTH = 500;

  /** 32 MiB (the Collector's own limit is 1 MB before compression) and 100 levels. */
  public static final DecodeLimits DEFAULT = new DecodeLimits(32 << 20, 100);

  public DecodeLimits {
    if (maxRecordBytes < 1 || maxRecordBytes > LARGEST_RECORD_BYTES) {
      throw new IllegalArgumentException(
          "maxRecordBytes: expected 1 to " + LARGEST_RECORD_BYTES + ", was " + maxRecordBytes);
    }
    if (maxDepth < SMALLEST_DEPTH || maxDepth > LARGEST_DEPTH) {
      throw new IllegalArgumentException(
          "maxDepth: expected " + SMALLEST_DEPTH + " to " + LARGEST_DEPTH + ", was " + maxDepth);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.model;

import java.nio.charset.StandardCharsets;

/**
 * The one partition function of all our topics. Topics that meet in a stage have the same number of
 * partitions and are written by this function alone, so that what belongs together lands together;
 * Kafka's own partitioners are never used between our stages.
 *
 * <p>Hashes are part of the format: a changed function would part a package from its state.
 */
public final class Partitions {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private Partitions() {}

  /** Partition of a trace, 0 to {@code partitions - 1}. */
  public static int ofTrace(long traceIdHigh, long traceIdLow, int partitions) {
    // Only the low half: Datadog's decimal ids carry no more, and both spellings must meet.
    return spread(traceIdLow, partitions);
  }

  /** Partition of a process identity as {@code Origin.process} spells it. */
  public static int ofProcess(String process, int partitions) {
    return spread(hash(FNV_OFFSET, process), partitions);
  }

  /** Partition of all versions of a package of a service. */
  public static int ofSubject(String service, String goPackage, int partitions) {
    long hash = hash(FNV_OFFSET, service);
    // A byte that is in no UTF-8 text keeps ("a", "bc") apart from ("ab", "c").
    hash = (hash ^ 0xff) * FNV_PRIME;
    return spread(hash(hash, goPackage), partitions);
  }

  /** Partition of everything about a service. */
  public static int ofService(String service, int partitions) {
    return spread(hash(FNV_OFFSET, service), partitions);
  }

  private static long hash(long seed, String text) {
    long hash = seed;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * FNV_PRIME;
    }
    return hash;
  }

  /** Finaliser of MurmurHash3 (public domain), then an unbiased enough reduction. */
  private static int spread(long hash, int partitions) {
    if (partitions < 1) {
      throw new IllegalArgumentException("partitions must be at least 1, was " + partitions);
    }
    long mixed = hash;
    mixed = (mixed ^ (mixed >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    mixed ^= mixed >>> 33;
    if ((partitions & (partitions - 1)) == 0) {
      // The same without a division, which would be felt: once per span.
      return (int) mixed & (partitions - 1);
    }
    return (int) Long.remainderUnsigned(mixed, partitions);
  }
}

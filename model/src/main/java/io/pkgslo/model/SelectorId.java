// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.model;

import io.pkgslo.model.wire.Objective;
import java.nio.charset.StandardCharsets;

/**
 * The number of a selector, which says what it selects: a hash over all that decides which items it
 * takes, which of them are bad and how they are told apart. Objectives that agree in these share
 * it; one whose filter changes gets another, so that no item that was chosen by the old filter
 * counts for the new one.
 */
public final class SelectorId {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private SelectorId() {}

  /** Never 0 for an objective with a selector; 0 without. Part of the format. */
  public static long of(Objective objective) {
    if (!objective.hasSelector()) {
      return 0;
    }
    long hash = add(FNV_OFFSET, objective.getSli().getNumber());
    hash = add(hash, objective.getService().getBytes(StandardCharsets.UTF_8));
    hash = add(hash, objective.getThresholdNanos());
    hash = add(hash, objective.getApiCallsOnly() ? 1 : 0);
    for (int kind : objective.getKindList()) {
      hash = add(hash, kind);
    }
    hash = add(hash, objective.getSelector().toByteArray());
    return hash == 0 ? 1 : hash;
  }

  private static long add(long hash, byte[] bytes) {
    long next = add(hash, bytes.length);
    for (byte b : bytes) {
      next = (next ^ (b & 0xff)) * FNV_PRIME;
    }
    return next;
  }

  private static long add(long hash, long number) {
    long next = hash;
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      next = (next ^ (number >>> shift & 0xff)) * FNV_PRIME;
    }
    return next;
  }
}

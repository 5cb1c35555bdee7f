// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

/**
 * Collects the bucket counts and bounds of one point, packed or not, in one piece each, although a
 * sender may mix them: counts go straight to the tape, bounds follow when the point is read.
 * Mutable and single-threaded.
 */
final class NumberList {
  private final WireReader in;
  private final LongArena numbers;
  private final LongArena bounds = new LongArena();
  private int firstCount;

  NumberList(WireReader in, LongArena numbers) {
    this.in = in;
    this.numbers = numbers;
  }

  void begin() {
    firstCount = numbers.size();
    bounds.reset();
  }

  void addFixed64() throws MalformedOtlpException {
    numbers.add(in.readFixed64());
  }

  void addBound() throws MalformedOtlpException {
    bounds.add(in.readFixed64());
  }

  void addVarint() throws MalformedOtlpException {
    numbers.add(in.readVarint());
  }

  void addPackedFixed64() throws MalformedOtlpException {
    for (int rest = in.readPackedFixed64Count(); rest > 0; rest--) {
      numbers.add(in.readFixed64());
    }
  }

  void addPackedBounds() throws MalformedOtlpException {
    for (int rest = in.readPackedFixed64Count(); rest > 0; rest--) {
      bounds.add(in.readFixed64());
    }
  }

  void addPackedVarints() throws MalformedOtlpException {
    int outer = in.enterPacked();
    while (!in.atLimit()) {
      numbers.add(in.readVarint());
    }
    in.leave(outer);
  }

  /** The counts, as first cell and how many. */
  long endCounts() {
    return Packed.of(firstCount, numbers.size() - firstCount);
  }

  /** Puts the bounds behind the counts; returns them as {@link #endCounts()}, which goes first. */
  long endBounds() {
    int first = numbers.size();
    for (int i = 0; i < bounds.size(); i++) {
      numbers.add(bounds.get(i));
    }
    return Packed.of(first, bounds.size());
  }
}

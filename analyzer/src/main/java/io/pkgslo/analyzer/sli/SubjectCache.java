// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Mutable, single-threaded: the subjects that one block has named so far, by the positions of their
 * origin and package. An open hash, since a block of many services and packages has millions of
 * pairs, and rows for a few thousand of them.
 */
final class SubjectCache {
  private static final long FREE = -1;

  private long[] keys;
  private @Nullable SubjectLedger[] subjects;
  private int size;

  SubjectCache() {
    this.keys = new long[64];
    Arrays.fill(keys, FREE);
    this.subjects = new SubjectLedger[keys.length];
  }

  @Nullable SubjectLedger get(int origin, int goPackage) {
    return subjects[slot(key(origin, goPackage))];
  }

  void put(int origin, int goPackage, SubjectLedger subject) {
    if (2 * size >= keys.length) {
      grow();
    }
    int slot = slot(key(origin, goPackage));
    if (keys[slot] == FREE) {
      size++;
    }
    keys[slot] = key(origin, goPackage);
    subjects[slot] = subject;
  }

  private static long key(int origin, int goPackage) {
    return (long) origin << Integer.SIZE | goPackage;
  }

  /** Where {@code key} is, or the free place where it belongs. */
  private int slot(long key) {
    long mixed = key * 0x9E3779B97F4A7C15L;
    int slot = (int) (mixed >>> 32) & (keys.length - 1);
    while (keys[slot] != FREE && keys[slot] != key) {
      slot = (slot + 1) & (keys.length - 1);
    }
    return slot;
  }

  private void grow() {
    long[] oldKeys = keys;
    @Nullable SubjectLedger[] oldSubjects = subjects;
    keys = new long[2 * oldKeys.length];
    Arrays.fill(keys, FREE);
    subjects = new SubjectLedger[keys.length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != FREE) {
        int slot = slot(oldKeys[i]);
        keys[slot] = oldKeys[i];
        subjects[slot] = oldSubjects[i];
      }
    }
  }
}

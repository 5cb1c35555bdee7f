// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

import java.util.Arrays;

/**
 * Identities of the log records of one value. Equal records are told apart by how many came before:
 * a program that logs one line twice within a tick has logged two lines. Mutable and
 * single-threaded.
 */
final class LogIdentities {
  private static final int INITIAL_SLOTS = 1 << 10;
  private static final int RETAINED_SLOTS = 1 << 18;
  private static final int CELLS = 3;

  private final ContentHasher hasher;
  private final ResourceView resource;
  private final ScopeView scope;

  // Open addressing: both halves of a hash, and of which value how often it was seen. A slot of
  // another value is free, which spares clearing the table for every value.
  private long[] seen = new long[CELLS * INITIAL_SLOTS];
  private int generation;
  private int used;

  LogIdentities(ContentHasher hasher, ResourceView resource, ScopeView scope) {
    this.hasher = hasher;
    this.resource = resource;
    this.scope = scope;
  }

  /** Forgets the records of the value before. */
  void begin() {
    if (seen.length > CELLS * RETAINED_SLOTS) {
      seen = new long[CELLS * INITIAL_SLOTS];
    }
    generation++;
    if (generation == 0) {
      Arrays.fill(seen, 0L);
      generation = 1;
    }
    used = 0;
  }

  void identify(LogRecordView logRecord, Hash128 into) {
    Hash128 resourceIdentity = resource.identity();
    Hash128 scopeIdentity = scope.identity();
    hasher.begin();
    hasher.hash(resourceIdentity);
    hasher.hash(scopeIdentity);
    hasher.number(logRecord.timeEpochNanos());
    hasher.number(logRecord.observedEpochNanos());
    hasher.number(logRecord.severityNumber());
    hasher.text(logRecord.severityText());
    hasher.value(logRecord.body());
    hasher.attributes(logRecord.attributes());
    hasher.number(logRecord.flags());
    hasher.number(logRecord.traceIdHigh());
    hasher.number(logRecord.traceIdLow());
    hasher.number(logRecord.spanId());
    hasher.text(logRecord.eventName());
    hasher.finish(into);
    long ordinal = ordinalOf(into.high(), into.low());
    if (ordinal > 0) {
      hasher.begin();
      hasher.hash(into);
      hasher.number(ordinal);
      hasher.finish(into);
    }
  }

  private long ordinalOf(long high, long low) {
    if (CELLS * (used + 1) * 2 > seen.length) {
      grow();
    }
    int at = slotOf(high, low);
    if (isFree(at)) {
      seen[at] = high;
      seen[at + 1] = low;
      seen[at + 2] = Packed.of(generation, 0);
      used++;
    }
    return Packed.low(seen[at + 2]++);
  }

  private boolean isFree(int at) {
    return Packed.high(seen[at + 2]) != generation;
  }

  private int slotOf(long high, long low) {
    int slots = seen.length / CELLS;
    int slot = (int) low & (slots - 1);
    int at = CELLS * slot;
    while (!isFree(at) && (seen[at] != high || seen[at + 1] != low)) {
      slot = (slot + 1) & (slots - 1);
      at = CELLS * slot;
    }
    return at;
  }

  private void grow() {
    long[] old = seen;
    seen = new long[2 * old.length];
    for (int i = 0; i < old.length; i += CELLS) {
      if (Packed.high(old[i + 2]) == generation) {
        System.arraycopy(old, i, seen, slotOf(old[i], old[i + 1]), CELLS);
      }
    }
  }
}

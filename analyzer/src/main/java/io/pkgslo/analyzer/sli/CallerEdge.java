// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import com.google.protobuf.ByteString;
import io.pkgslo.analyzer.wire.CallerRecord;
import io.pkgslo.model.wire.EdgeCount;
import java.util.Arrays;

/** Mutable, single-threaded: calls of one caller, in slots of 5 min of event time. */
final class CallerEdge {
  private static final int CALLS = 0;
  private static final int ERRORS = 1;
  private static final int SELF_NANOS = 2;
  private static final int SUMS = 3;

  private static final int[] NONE = {};

  /** Slots that have calls, ascending, and the sums of each. */
  private int[] slots = NONE;

  private long[] sums = new long[0];
  private ByteString example = ByteString.EMPTY;
  private int exampleSlot;
  private boolean exampleFailed;

  void add(int slot, EdgeCount edge) {
    add(slot, edge.getCalls(), edge.getErrors(), edge.getSelfNanos());
    boolean failed = edge.getErrors() > 0;
    // By event time alone, so that it is the same in a replay.
    boolean old = slot - exampleSlot > Callers.SLOTS;
    if ((failed || !exampleFailed || old) && !edge.getExampleTraceId().isEmpty()) {
      example = edge.getExampleTraceId();
      exampleSlot = slot;
      exampleFailed = failed;
    }
  }

  private void add(int slot, long calls, long errors, long selfNanos) {
    int position = Arrays.binarySearch(slots, slot);
    if (position < 0) {
      position = -position - 1;
      insert(position, slot);
    }
    sums[SUMS * position + CALLS] += calls;
    sums[SUMS * position + ERRORS] += errors;
    sums[SUMS * position + SELF_NANOS] += selfNanos;
  }

  private void insert(int position, int slot) {
    int behind = slots.length - position;
    int[] moreSlots = Arrays.copyOf(slots, slots.length + 1);
    System.arraycopy(slots, position, moreSlots, position + 1, behind);
    moreSlots[position] = slot;
    long[] moreSums = Arrays.copyOf(sums, sums.length + SUMS);
    System.arraycopy(sums, SUMS * position, moreSums, SUMS * (position + 1), SUMS * behind);
    Arrays.fill(moreSums, SUMS * position, SUMS * (position + 1), 0);
    slots = moreSlots;
    sums = moreSums;
  }

  /** Forgets the slots before {@code first}; returns whether there were any. */
  boolean forgetBefore(int first) {
    int old = 0;
    while (old < slots.length && slots[old] < first) {
      old++;
    }
    if (old > 0) {
      slots = Arrays.copyOfRange(slots, old, slots.length);
      sums = Arrays.copyOfRange(sums, SUMS * old, sums.length);
    }
    return old > 0;
  }

  boolean isEmpty() {
    return slots.length == 0;
  }

  CallerSnapshot snapshot(CallerKey caller) {
    return new CallerSnapshot(caller, total(CALLS), total(ERRORS), total(SELF_NANOS), example);
  }

  private long total(int what) {
    long total = 0;
    for (int i = what; i < sums.length; i += SUMS) {
      total += sums[i];
    }
    return total;
  }

  CallerRecord encode(CallerKey caller) {
    CallerRecord.Builder record =
        CallerRecord.newBuilder()
            .setService(caller.service())
            .setPackage(caller.goPackage())
            .setExampleTraceId(example)
            .setExampleSlot(exampleSlot)
            .setExampleFailed(exampleFailed);
    for (int i = 0; i < slots.length; i++) {
      record
          .addSlot(slots[i])
          .addCalls(sums[SUMS * i + CALLS])
          .addErrors(sums[SUMS * i + ERRORS])
          .addSelfNanos(sums[SUMS * i + SELF_NANOS]);
    }
    return record.build();
  }

  static CallerEdge decode(CallerRecord record) {
    CallerEdge edge = new CallerEdge();
    for (int i = 0; i < record.getSlotCount(); i++) {
      edge.add(record.getSlot(i), record.getCalls(i), record.getErrors(i), record.getSelfNanos(i));
    }
    edge.example = record.getExampleTraceId();
    edge.exampleSlot = record.getExampleSlot();
    edge.exampleFailed = record.getExampleFailed();
    return edge;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import com.google.protobuf.ByteString;
import io.pkgslo.analyzer.wire.CallerRecord;
import io.pkgslo.model.wire.EdgeCount;
import java.util.TreeMap;

/** Mutable, single-threaded: calls of one caller, in slots of 5 min of event time. */
final class CallerEdge {
  private static final int CALLS = 0;
  private static final int ERRORS = 1;
  private static final int SELF_NANOS = 2;
  private static final int SUMS = 3;

  private final TreeMap<Integer, long[]> slots = new TreeMap<>();
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
    long[] sums = slots.computeIfAbsent(slot, s -> new long[SUMS]);
    sums[CALLS] += calls;
    sums[ERRORS] += errors;
    sums[SELF_NANOS] += selfNanos;
  }

  /** Forgets the slots before {@code first}; returns whether there were any. */
  boolean forgetBefore(int first) {
    var old = slots.headMap(first);
    boolean any = !old.isEmpty();
    old.clear();
    return any;
  }

  boolean isEmpty() {
    return slots.isEmpty();
  }

  CallerSnapshot snapshot(CallerKey caller) {
    long[] total = new long[SUMS];
    for (long[] sums : slots.values()) {
      for (int i = 0; i < SUMS; i++) {
        total[i] += sums[i];
      }
    }
    return new CallerSnapshot(caller, total[CALLS], total[ERRORS], total[SELF_NANOS], example);
  }

  CallerRecord encode(CallerKey caller) {
    CallerRecord.Builder record =
        CallerRecord.newBuilder()
            .setService(caller.service())
            .setPackage(caller.goPackage())
            .setExampleTraceId(example)
            .setExampleSlot(exampleSlot)
            .setExampleFailed(exampleFailed);
    slots.forEach(
        (slot, sums) ->
            record
                .addSlot(slot)
                .addCalls(sums[CALLS])
                .addErrors(sums[ERRORS])
                .addSelfNanos(sums[SELF_NANOS]));
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

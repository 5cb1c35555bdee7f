// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.analyzer.wire.CallerRecord;
import io.pkgslo.model.wire.EdgeCount;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Mutable, single-threaded: who called a package in the last hour, that is in its last 12 closed
 * slots of 5 min and what is open. Callers over the bound count as {@link CallerKey#OTHERS}.
 */
final class Callers {
  static final int MAX_KEPT = 128;
  static final int MAX_SHOWN = 20;

  private static final long SLOT_MILLIS = 300_000;
  static final int SLOTS = 12;
  private static final Comparator<CallerSnapshot> MOST_CALLS_FIRST =
      Comparator.comparingLong(CallerSnapshot::calls)
          .reversed()
          .thenComparing(CallerSnapshot::caller);

  private final TreeMap<CallerKey, CallerEdge> edges = new TreeMap<>();
  private int firstSlot = Integer.MIN_VALUE;

  /** Calls of an earlier hour are ignored. */
  void add(CallerKey caller, EdgeCount edge, long epochMillis) {
    int slot = slotOf(epochMillis);
    if (slot < firstSlot) {
      return;
    }
    boolean full = edges.size() >= MAX_KEPT && !edges.containsKey(caller);
    edges.computeIfAbsent(full ? CallerKey.OTHERS : caller, c -> new CallerEdge()).add(slot, edge);
  }

  /** Moves time on; returns whether anyone was forgotten, or has fewer calls. */
  boolean advance(long closedMillis) {
    int first = slotOf(closedMillis) - SLOTS;
    if (first <= firstSlot) {
      return false;
    }
    firstSlot = first;
    boolean changed = false;
    for (CallerEdge edge : edges.values()) {
      changed |= edge.forgetBefore(first);
    }
    edges.values().removeIf(CallerEdge::isEmpty);
    return changed;
  }

  private static int slotOf(long epochMillis) {
    return Math.toIntExact(Math.floorDiv(epochMillis, SLOT_MILLIS));
  }

  List<CallerSnapshot> snapshot() {
    if (edges.isEmpty()) {
      return List.of();
    }
    if (edges.size() == 1) {
      Map.Entry<CallerKey, CallerEdge> only = edges.firstEntry();
      return List.of(only.getValue().snapshot(only.getKey()));
    }
    return edges.entrySet().stream()
        .map(entry -> entry.getValue().snapshot(entry.getKey()))
        .sorted(MOST_CALLS_FIRST)
        .limit(MAX_SHOWN)
        .toList();
  }

  List<CallerRecord> encode() {
    return edges.entrySet().stream().map(entry -> entry.getValue().encode(entry.getKey())).toList();
  }

  void restore(List<CallerRecord> records) {
    for (CallerRecord record : records) {
      edges.put(new CallerKey(record.getService(), record.getPackage()), CallerEdge.decode(record));
    }
  }
}

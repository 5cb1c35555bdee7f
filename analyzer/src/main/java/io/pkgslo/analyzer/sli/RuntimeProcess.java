// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.analyzer.wire.MemoryRecord;
import io.pkgslo.analyzer.wire.ProcessRecord;
import io.pkgslo.analyzer.wire.RuntimeSliceRecord;
import io.pkgslo.model.wire.RuntimePoint;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Mutable, single-threaded: the Go runtime of one process. */
final class RuntimeProcess {
  static final long SLICE_MILLIS = 10_000;

  /** Go's runtime tells a handful of kinds of memory; more are somebody's invention. */
  private static final int MAX_MEMORY_PARTS = 64;

  private static final long NANOS_PER_MILLI = 1_000_000;

  /** How well a metric says how much heap is in use; the best that a process has is taken. */
  private static final int BY_MEMORY_USED = 1;

  private static final int BY_HEAP_ALLOC = 2;
  private static final int BY_HEAP_INUSE = 3;

  private final Map<String, Double> memory = new TreeMap<>();
  private final TreeMap<Long, double[]> slices = new TreeMap<>();
  private final Map<String, Integer> inARow = new TreeMap<>();
  private PauseCounter pauses = new PauseCounter();
  private LatencyBuckets schedule = new LatencyBuckets();
  private Trend goroutineTrend = new Trend();
  private Trend heapTrend = new Trend();
  private int heapSource;
  private double goroutines = Double.NaN;
  private long goroutinesNanos;
  private double heap = Double.NaN;
  private long heapNanos;
  private long lastMillis;

  /** Takes a point of a metric; others than those that are watched say only that it lives. */
  void add(RuntimePoint point, Fold fold) {
    lastMillis = Math.max(lastMillis, point.getTimeEpochNanos() / NANOS_PER_MILLI);
    switch (point.getMetric()) {
      case "go.goroutine.count" -> goroutines(point, fold);
      case "process.runtime.go.mem.heap_inuse" -> heap(point, BY_HEAP_INUSE, fold);
      case "process.runtime.go.mem.heap_alloc" -> heap(point, BY_HEAP_ALLOC, fold);
      case "go.memory.used" -> heap(point, BY_MEMORY_USED, fold);
      case "go.memory.gc.pause.total" -> pause(point, pauses.addTotal(point), fold);
      case "go.memory.gc.pause.duration" -> pause(point, pauses.addHistogram(point), fold);
      case "go.memory.gc.cycles" -> pauses.addCycles(point);
      case "go.schedule.duration" -> schedule.add(point);
      default -> {
        // Of no use here.
      }
    }
  }

  private void goroutines(RuntimePoint point, Fold fold) {
    if (point.getTimeEpochNanos() >= goroutinesNanos) {
      goroutinesNanos = point.getTimeEpochNanos();
      goroutines = point.getValue();
    }
    goroutineTrend.add(millis(point), point.getValue());
    slice(RuntimeSignal.GOROUTINES, point, point.getValue(), fold);
  }

  private void heap(RuntimePoint point, int source, Fold fold) {
    if (source < heapSource) {
      return;
    }
    if (source > heapSource) {
      heapSource = source;
      memory.clear();
      heapTrend = new Trend();
    }
    if (memory.size() >= MAX_MEMORY_PARTS && !memory.containsKey(point.getAttribute())) {
      fold.drops().dropped(SliDrop.RUNTIME_PROCESS_LIMIT, 1, point.getMetric());
      return;
    }
    memory.put(point.getAttribute(), point.getValue());
    double sum = memory.values().stream().mapToDouble(Double::doubleValue).sum();
    if (point.getTimeEpochNanos() >= heapNanos) {
      heapNanos = point.getTimeEpochNanos();
      heap = sum;
    }
    heapTrend.add(millis(point), sum);
    slice(RuntimeSignal.HEAP, point, sum, fold);
  }

  private void pause(RuntimePoint point, double increase, Fold fold) {
    if (increase >= 0) {
      slice(RuntimeSignal.GC_PAUSE, point, increase, fold);
    }
  }

  private static long millis(RuntimePoint point) {
    return point.getTimeEpochNanos() / NANOS_PER_MILLI;
  }

  /** The greatest value of a slice counts, or the sum of its pauses. */
  private void slice(RuntimeSignal signal, RuntimePoint point, double value, Fold fold) {
    long start = Math.floorDiv(millis(point), SLICE_MILLIS) * SLICE_MILLIS;
    if (start + SLICE_MILLIS <= fold.closedMillis()) {
      fold.drops().dropped(SliDrop.BEYOND_LATE_SLICES, 1, point.getMetric());
      return;
    }
    double[] values = slices.computeIfAbsent(start, s -> unknown());
    double known = values[signal.index()];
    if (Double.isNaN(known)) {
      values[signal.index()] = value;
    } else {
      values[signal.index()] =
          signal == RuntimeSignal.GC_PAUSE ? known + value : Math.max(known, value);
    }
  }

  private static double[] unknown() {
    double[] values = new double[RuntimeSignal.COUNT];
    Arrays.fill(values, Double.NaN);
    return values;
  }

  /**
   * Judges the slices that end at or before {@code closedMillis}; returns whether there were any.
   */
  boolean judge(long closedMillis, Iterable<SloSeries> series) {
    var closed = slices.headMap(closedMillis - SLICE_MILLIS, true);
    boolean any = !closed.isEmpty();
    closed.forEach((start, values) -> series.forEach(one -> judge(one, start, values)));
    closed.clear();
    return any;
  }

  private void judge(SloSeries series, long startMillis, double[] values) {
    ObjectiveVersion version = series.inForce(startMillis);
    RuntimeLimit limit = version == null ? null : version.runtime();
    if (limit == null || Double.isNaN(values[limit.signal().index()])) {
      return;
    }
    boolean breaks = values[limit.signal().index()] > limit.above();
    int row = breaks ? inARow.merge(series.id(), 1, Integer::sum) : 0;
    inARow.put(series.id(), row);
    series.addRuntimeSlice(row >= limit.consecutive(), startMillis);
  }

  long lastMillis() {
    return lastMillis;
  }

  /** The latest value; not a number before the first. */
  double goroutines() {
    return goroutines;
  }

  /** Bytes; not a number before the first. */
  double heap() {
    return heap;
  }

  PauseCounter pauses() {
    return pauses;
  }

  LatencyBuckets schedule() {
    return schedule;
  }

  Trend goroutineTrend() {
    return goroutineTrend;
  }

  Trend heapTrend() {
    return heapTrend;
  }

  ProcessRecord encode(String name) {
    ProcessRecord.Builder record =
        ProcessRecord.newBuilder()
            .setProcess(name)
            .setLastMillis(lastMillis)
            .setGoroutines(goroutines)
            .setGoroutinesNanos(goroutinesNanos)
            .setHeap(heap)
            .setHeapNanos(heapNanos)
            .setHeapSource(heapSource)
            .setPauses(pauses.encode())
            .setSchedule(schedule.encode())
            .setGoroutineTrend(goroutineTrend.encode())
            .setHeapTrend(heapTrend.encode())
            .putAllInARow(inARow);
    memory.forEach(
        (attribute, value) ->
            record.addMemory(MemoryRecord.newBuilder().setAttribute(attribute).setValue(value)));
    slices.forEach(
        (start, values) -> {
          RuntimeSliceRecord.Builder slice = RuntimeSliceRecord.newBuilder().setStartMillis(start);
          Arrays.stream(values).forEach(slice::addValue);
          record.addSlice(slice);
        });
    return record.build();
  }

  static RuntimeProcess decode(ProcessRecord record) {
    RuntimeProcess process = new RuntimeProcess();
    process.lastMillis = record.getLastMillis();
    process.goroutines = record.getGoroutines();
    process.goroutinesNanos = record.getGoroutinesNanos();
    process.heap = record.getHeap();
    process.heapNanos = record.getHeapNanos();
    process.heapSource = record.getHeapSource();
    process.pauses = PauseCounter.decode(record.getPauses());
    process.schedule = LatencyBuckets.decode(record.getSchedule());
    process.goroutineTrend = Trend.decode(record.getGoroutineTrend());
    process.heapTrend = Trend.decode(record.getHeapTrend());
    process.inARow.putAll(record.getInARowMap());
    record.getMemoryList().forEach(m -> process.memory.put(m.getAttribute(), m.getValue()));
    for (RuntimeSliceRecord slice : record.getSliceList()) {
      double[] values = unknown();
      for (int i = 0; i < Math.min(values.length, slice.getValueCount()); i++) {
        values[i] = slice.getValue(i);
      }
      process.slices.put(slice.getStartMillis(), values);
    }
    return process;
  }
}

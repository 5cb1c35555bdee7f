// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.analyzer.wire.ProcessRecord;
import io.pkgslo.analyzer.wire.RuntimeRecord;
import io.pkgslo.model.wire.RuntimePoint;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Mutable, single-threaded: the Go runtimes of the processes of one version of a service. They are
 * of whole processes: no number here is of a package.
 */
final class RuntimeLedger {
  private static final int MAX_PROCESSES = 1_000;

  /** A process that says nothing for so long is left out; one export interval is a minute. */
  private static final long LIVE_MILLIS = 300_000;

  private static final long FORGET_MILLIS = 3_600_000;

  private final Map<String, RuntimeProcess> processes = new TreeMap<>();

  /** What is closed, and not the latest point: one fast clock would make all others look silent. */
  private long nowMillis = Long.MIN_VALUE;

  private int shownProcesses;

  /** Totals of processes that were forgotten: counters do not go back. */
  private double formerPauseSeconds;

  private double formerCollections;

  void add(RuntimePoint point, String name, Fold fold) {
    RuntimeProcess process = processes.get(name);
    if (process == null) {
      if (processes.size() >= MAX_PROCESSES) {
        fold.drops().dropped(SliDrop.RUNTIME_PROCESS_LIMIT, 1, name);
        return;
      }
      process = new RuntimeProcess();
      processes.put(name, process);
    }
    process.add(point, fold);
  }

  boolean judge(long closedMillis, List<SloSeries> series) {
    boolean judged = false;
    for (RuntimeProcess process : processes.values()) {
      judged |= process.judge(closedMillis, series);
    }
    return judged;
  }

  /** Moves time on; returns whether other processes are shown than before. */
  boolean advance(long closedMillis) {
    nowMillis = Math.max(nowMillis, closedMillis);
    processes
        .values()
        .removeIf(
            process -> {
              boolean silent = process.lastMillis() < closedMillis - FORGET_MILLIS;
              if (silent) {
                formerPauseSeconds += process.pauses().seconds();
                formerCollections += process.pauses().collections();
              }
              return silent;
            });
    int shown = live().size();
    boolean changed = shown != shownProcesses;
    shownProcesses = shown;
    return changed;
  }

  private List<RuntimeProcess> live() {
    return processes.values().stream()
        .filter(
            process ->
                nowMillis == Long.MIN_VALUE || process.lastMillis() >= nowMillis - LIVE_MILLIS)
        .toList();
  }

  RuntimeSnapshot snapshot() {
    List<RuntimeProcess> live = live();
    Map<Double, Long> waits = new TreeMap<>();
    live.forEach(process -> process.schedule().addTo(waits));
    double pauseSeconds = formerPauseSeconds;
    double collections = formerCollections;
    for (RuntimeProcess process : processes.values()) {
      pauseSeconds += process.pauses().seconds();
      collections += process.pauses().collections();
    }
    return new RuntimeSnapshot(
        live.size(),
        Spread.of(live.stream().mapToDouble(RuntimeProcess::goroutines)),
        Spread.of(live.stream().mapToDouble(RuntimeProcess::heap)),
        Spread.of(live.stream().mapToDouble(p -> p.pauses().share()).filter(s -> s >= 0)),
        pauseSeconds,
        collections,
        Waits.of(waits),
        Growth.of(live.stream().map(RuntimeProcess::goroutineTrend).toList()),
        Growth.of(live.stream().map(RuntimeProcess::heapTrend).toList()));
  }

  RuntimeRecord encode() {
    RuntimeRecord.Builder record =
        RuntimeRecord.newBuilder()
            .setFormerPauseSeconds(formerPauseSeconds)
            .setFormerCollections(formerCollections);
    processes.forEach((name, process) -> record.addProcess(process.encode(name)));
    return record.build();
  }

  static RuntimeLedger decode(RuntimeRecord record) {
    RuntimeLedger ledger = new RuntimeLedger();
    ledger.formerPauseSeconds = record.getFormerPauseSeconds();
    ledger.formerCollections = record.getFormerCollections();
    for (ProcessRecord process : record.getProcessList()) {
      RuntimeProcess decoded = RuntimeProcess.decode(process);
      ledger.processes.put(process.getProcess(), decoded);
    }
    return ledger;
  }
}

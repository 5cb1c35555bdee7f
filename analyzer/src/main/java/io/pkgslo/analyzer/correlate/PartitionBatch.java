// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import io.pkgslo.model.wire.ErrorLog;
import io.pkgslo.model.wire.InitTime;
import io.pkgslo.model.wire.ObservationBlock;
import io.pkgslo.model.wire.Origin;
import io.pkgslo.model.wire.PanicCount;
import io.pkgslo.model.wire.Progress;
import io.pkgslo.model.wire.RuntimePoint;
import io.pkgslo.model.wire.SelectedPoint;
import io.pkgslo.model.wire.Selection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The observations for one target partition. Mutable, single-threaded. */
final class PartitionBatch {
  private final List<CallRow> calls = new ArrayList<>();
  private final List<OwnTimeRow> ownTimes = new ArrayList<>();
  private final List<LogRow> logs = new ArrayList<>();
  private final List<EdgeRow> edges = new ArrayList<>();
  private final List<LossRow> losses = new ArrayList<>();
  private final List<SelectedRow> selected = new ArrayList<>();
  private final Map<Origin, Integer> origins = new HashMap<>();
  private final Map<String, Integer> packages = new HashMap<>();

  /** Rows of one origin mostly follow each other. */
  private @Nullable Origin lastOrigin;

  private int lastOriginIndex;
  private ObservationBlock.Builder block = ObservationBlock.newBuilder();

  void add(CallRow row) {
    calls.add(row);
  }

  void add(OwnTimeRow row) {
    ownTimes.add(row);
  }

  void add(LogRow row) {
    logs.add(row);
  }

  void add(EdgeRow row) {
    edges.add(row);
  }

  void add(LossRow row) {
    losses.add(row);
  }

  void add(SelectedRow row) {
    selected.add(row);
  }

  void add(Origin origin, SelectedPoint point) {
    block.addSelectedPoint(point.toBuilder().setOriginIndex(originIndex(origin)));
  }

  void add(Origin origin, RuntimePoint point) {
    block.addRuntime(point.toBuilder().setOriginIndex(originIndex(origin)));
  }

  void add(Origin origin, String goPackage, ErrorLog log) {
    block.addErrorLog(
        log.toBuilder()
            .setOriginIndex(originIndex(origin))
            .setPackageIndex(packageIndex(goPackage)));
  }

  void add(Origin origin, String goPackage, PanicCount panic) {
    block.addPanic(
        panic.toBuilder()
            .setOriginIndex(originIndex(origin))
            .setPackageIndex(packageIndex(goPackage)));
  }

  void addEarly(Origin origin, String goPackage, PanicCount crash) {
    block.addEarlyCrash(
        crash.toBuilder()
            .setOriginIndex(originIndex(origin))
            .setPackageIndex(packageIndex(goPackage)));
  }

  void add(Origin origin, String goPackage, InitTime init) {
    block.addInit(
        init.toBuilder()
            .setOriginIndex(originIndex(origin))
            .setPackageIndex(packageIndex(goPackage)));
  }

  private int originIndex(Origin origin) {
    if (origin.equals(lastOrigin)) {
      return lastOriginIndex;
    }
    lastOrigin = origin;
    lastOriginIndex = lookedUp(origin);
    return lastOriginIndex;
  }

  private int lookedUp(Origin origin) {
    Integer known = origins.putIfAbsent(origin, block.getOriginCount());
    if (known == null) {
      block.addOrigin(origin);
      return block.getOriginCount() - 1;
    }
    return known;
  }

  private int packageIndex(String goPackage) {
    Integer known = packages.putIfAbsent(goPackage, block.getPackageCount());
    if (known == null) {
      block.addPackage(goPackage);
      return block.getPackageCount() - 1;
    }
    return known;
  }

  /** The block of everything that was added, or null when there is nothing to say. */
  @Nullable ObservationBlock take(@Nullable Progress progress, LatencyBounds bounds) {
    if (!calls.isEmpty()) {
      block.addAllLatencyThresholdNanos(bounds.nanos());
    }
    for (CallRow row : calls) {
      RowKey key = row.key();
      block.addCall(row.toWire(originIndex(key.origin()), packageIndex(key.goPackage())));
    }
    for (OwnTimeRow row : ownTimes) {
      RowKey key = row.key();
      block.addOwnTime(row.toWire(originIndex(key.origin()), packageIndex(key.goPackage())));
    }
    for (LogRow row : logs) {
      RowKey key = row.key();
      block.addLog(row.toWire(originIndex(key.origin()), packageIndex(key.goPackage())));
    }
    edges.forEach(this::write);
    for (LossRow row : losses) {
      RowKey key = row.key();
      block.addContextLoss(row.toWire(originIndex(key.origin()), packageIndex(key.goPackage())));
    }
    writeSelected();
    if (progress != null) {
      block.addProgress(progress);
    }
    boolean empty = progress == null && block.getOriginCount() == 0;
    ObservationBlock taken = empty ? null : block.build();
    clear();
    return taken;
  }

  private void writeSelected() {
    Map<Selection, Integer> selections = new HashMap<>();
    for (SelectedRow row : selected) {
      SelectedRow.Key key = row.key();
      Integer known = selections.putIfAbsent(key.selection(), block.getSelectionCount());
      if (known == null) {
        block.addSelection(key.selection());
      }
      int index = known == null ? block.getSelectionCount() - 1 : known;
      block.addSelected(
          row.toWire(originIndex(key.origin()), packageIndex(key.goPackage()), index));
    }
  }

  private void write(EdgeRow row) {
    EdgeRow.Key key = row.key();
    block.addEdge(
        row.toWire()
            .setCallerOriginIndex(originIndex(key.callerOrigin()))
            .setCallerPackageIndex(packageIndex(key.caller()))
            .setCalleeOriginIndex(originIndex(key.calleeOrigin()))
            .setCalleePackageIndex(packageIndex(key.callee())));
  }

  private void clear() {
    calls.clear();
    ownTimes.clear();
    logs.clear();
    edges.clear();
    losses.clear();
    selected.clear();
    origins.clear();
    lastOrigin = null;
    packages.clear();
    block = ObservationBlock.newBuilder();
  }
}

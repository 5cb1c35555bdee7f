// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import io.pkgslo.model.wire.LogBlock;
import io.pkgslo.model.wire.LogExcerpt;
import io.pkgslo.model.wire.Origin;
import io.pkgslo.model.wire.ProcessLog;
import io.pkgslo.model.wire.SelectionSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Log records on their way from their process to their trace, as a block of pkgslo.logs. Mutable,
 * single-threaded.
 */
final class ForwardedLogs {
  private final LogBlock.Builder block = LogBlock.newBuilder();
  private final Map<Origin, Integer> origins = new HashMap<>();
  private final Map<String, Integer> packages = new HashMap<>();
  private final Map<SelectionSet, Integer> selectionSets = new HashMap<>();

  ForwardedLogs() {
    packages.put("", 0);
    block.addPackage("");
  }

  void add(Origin origin, ProcessLog log, long arrivedMillis) {
    int row = block.getTimeEpochNanosCount();
    if (log.hasSelected()) {
      block.addSelectedRow(row).addSelectedSet(selectionSetIndex(log.getSelected()));
    }
    if (!log.getText().isEmpty()) {
      block.addExcerpt(LogExcerpt.newBuilder().setLogIndex(row).setText(log.getText()));
    }
    block
        .setAppendedMillis(Math.max(block.getAppendedMillis(), arrivedMillis))
        .addIdentityHigh(log.getIdentityHigh())
        .addIdentityLow(log.getIdentityLow())
        .addTraceIdHigh(log.getTraceIdHigh())
        .addTraceIdLow(log.getTraceIdLow())
        .addSpanId(log.getSpanId())
        .addOriginIndex(originIndex(origin))
        .addPackageIndex(packageIndex(log.getPackage()))
        .addSeverity(log.getSeverity())
        .addTimeEpochNanos(log.getTimeEpochNanos());
  }

  private int originIndex(Origin origin) {
    return origins.computeIfAbsent(
        origin,
        added -> {
          block.addOrigin(added);
          return block.getOriginCount() - 1;
        });
  }

  private int packageIndex(String goPackage) {
    return packages.computeIfAbsent(
        goPackage,
        added -> {
          block.addPackage(added);
          return block.getPackageCount() - 1;
        });
  }

  private int selectionSetIndex(SelectionSet selected) {
    return selectionSets.computeIfAbsent(
        selected,
        added -> {
          block.addSelectionSet(added);
          return block.getSelectionSetCount() - 1;
        });
  }

  LogBlock build() {
    return block.build();
  }
}

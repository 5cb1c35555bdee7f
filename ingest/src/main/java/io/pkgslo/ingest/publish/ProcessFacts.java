// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.publish;

import io.pkgslo.ingest.attribute.ProcessOrigin;
import io.pkgslo.model.wire.PanicReport;
import io.pkgslo.model.wire.ProcessAlias;
import io.pkgslo.model.wire.ProcessBlock;
import io.pkgslo.model.wire.ProcessInit;
import io.pkgslo.model.wire.ProcessLine;
import io.pkgslo.model.wire.ProcessLog;
import io.pkgslo.model.wire.ProcessRequest;
import io.pkgslo.model.wire.Progress;
import io.pkgslo.model.wire.RuntimePoint;
import io.pkgslo.model.wire.SelectedPoint;
import java.util.ArrayList;
import java.util.List;

/**
 * The facts of one transaction about processes, for one partition, in order of arrival. Mutable,
 * single-threaded.
 */
final class ProcessFacts {
  private final List<Entry> entries = new ArrayList<>();
  private final BlockIndexes indexes = new BlockIndexes();
  private final Dictionary<String> streams = new Dictionary<>();

  /** One fact; it adds itself to a block and says how many bytes it takes there. */
  private interface Entry {
    int writeTo(ProcessBlock.Builder block);
  }

  int size() {
    return entries.size();
  }

  void addLine(ProcessOrigin origin, String stream, ProcessLine.Builder line) {
    entries.add(
        block -> {
          line.setOriginIndex(indexes.originIndex(origin)).setStreamIndex(streams.indexOf(stream));
          block.addLine(line);
          return line.getText().length();
        });
  }

  void addInit(ProcessOrigin origin, ProcessInit.Builder init) {
    entries.add(
        block -> {
          block.addInit(init.setOriginIndex(indexes.originIndex(origin)));
          return init.getPackage().length();
        });
  }

  void addPanic(ProcessOrigin origin, PanicReport.Builder panic) {
    entries.add(
        block -> {
          PanicReport report = panic.setOrigin(Blocks.toWire(origin)).build();
          block.addPanic(report);
          return report.getSerializedSize();
        });
  }

  void addAlias(ProcessOrigin origin) {
    entries.add(
        block -> {
          ProcessAlias alias =
              ProcessAlias.newBuilder()
                  .setOriginIndex(indexes.originIndex(origin))
                  .addAllProcess(origin.aliases())
                  .build();
          block.addAlias(alias);
          return alias.getSerializedSize();
        });
  }

  void addRuntime(ProcessOrigin origin, RuntimePoint.Builder point) {
    entries.add(
        block -> {
          RuntimePoint built = point.setOriginIndex(indexes.originIndex(origin)).build();
          block.addRuntime(built);
          return built.getSerializedSize();
        });
  }

  void addSelected(ProcessOrigin origin, SelectedPoint.Builder point) {
    entries.add(
        block -> {
          SelectedPoint built = point.setOriginIndex(indexes.originIndex(origin)).build();
          block.addSelectedPoint(built);
          return built.getSerializedSize();
        });
  }

  void addLog(ProcessOrigin origin, ProcessLog.Builder log) {
    entries.add(
        block -> {
          block.addLog(log.setOriginIndex(indexes.originIndex(origin)));
          int selected = log.hasSelected() ? log.getSelected().getSerializedSize() : 0;
          return log.getText().length() + log.getPackage().length() + selected;
        });
  }

  void addRequest(ProcessOrigin origin, ProcessRequest.Builder request) {
    entries.add(
        block -> {
          block.addRequest(request.setOriginIndex(indexes.originIndex(origin)));
          return 0;
        });
  }

  void clear() {
    entries.clear();
  }

  /** Writes all facts as blocks; the last one carries {@code progress}; there is always one. */
  void write(long appendedMillis, List<Progress> progress, Blocks.Output out) {
    int from = 0;
    do {
      ProcessBlock.Builder block = ProcessBlock.newBuilder().setAppendedMillis(appendedMillis);
      indexes.clear();
      streams.clear();
      int bytes = 0;
      while (from < entries.size() && bytes + indexes.bytes() < Blocks.TARGET_BYTES) {
        bytes += entries.get(from++).writeTo(block) + FIXED_BYTES;
      }
      if (from == entries.size()) {
        block.addAllProgress(progress);
      }
      out.block(
          block
              .addAllOrigin(indexes.origins())
              .addAllStream(streams.values())
              .build()
              .toByteArray());
    } while (from < entries.size());
  }

  /** Identity, time and small fields of an entry, generously. */
  private static final int FIXED_BYTES = 48;
}

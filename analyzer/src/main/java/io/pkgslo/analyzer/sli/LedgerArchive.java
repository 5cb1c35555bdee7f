// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import com.google.protobuf.InvalidProtocolBufferException;
import io.pkgslo.analyzer.window.BucketWidth;
import io.pkgslo.analyzer.window.Sketch;
import io.pkgslo.analyzer.window.SketchSeries;
import io.pkgslo.analyzer.wire.ChunkRecord;
import io.pkgslo.analyzer.wire.HistoryRecord;
import io.pkgslo.analyzer.wire.LogRecord;
import io.pkgslo.analyzer.wire.SelectedCounterRecord;
import io.pkgslo.analyzer.wire.StageRecord;
import io.pkgslo.model.wire.Objective;
import io.pkgslo.model.wire.SliBucket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The durable form of a stage: subjects with their buckets, each as of some input block, and the
 * input blocks since the oldest of these. So one put per input block is enough, and a subject is
 * written now and then instead of with every commit.
 */
final class LedgerArchive {
  private final DurableMap map;

  LedgerArchive(DurableMap map) {
    this.map = map;
  }

  void writeStage(StageRecord record) {
    map.put(RecordKeys.STAGE, record.toByteArray());
  }

  /** Null at the very first start. */
  @Nullable StageRecord readStage() {
    byte[] bytes = map.get(RecordKeys.STAGE);
    if (bytes == null) {
      return null;
    }
    try {
      StageRecord record = StageRecord.parseFrom(bytes);
      if (record.getFormat() > SubjectCodec.FORMAT) {
        throw new IllegalStateException(
            "the state was written by a newer version: format " + record.getFormat());
      }
      return record;
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("the durable record of the stage is broken", e);
    }
  }

  /**
   * The versions of objectives that were in force, by id. Those that make no sense are left out.
   *
   * @param withdrawn takes the ids of those that were deleted since
   */
  Map<String, ObjectiveHistory> readHistories(Set<String> withdrawn) {
    Map<String, ObjectiveHistory> histories = new TreeMap<>();
    map.visit(
        RecordKeys.histories(),
        RecordKeys.historiesEnd(),
        (key, value) -> {
          try {
            HistoryRecord record = HistoryRecord.parseFrom(value);
            List<ObjectiveVersion> versions = sensible(record);
            if (!versions.isEmpty()) {
              ObjectiveHistory history = new ObjectiveHistory(versions);
              histories.put(history.id(), history);
              if (record.getWithdrawn()) {
                withdrawn.add(history.id());
              }
            }
          } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a durable record of an objective is broken", e);
          }
        });
    return histories;
  }

  private static List<ObjectiveVersion> sensible(HistoryRecord record) {
    List<ObjectiveVersion> versions = new ArrayList<>();
    for (Objective wire : record.getVersionList()) {
      try {
        versions.add(ObjectiveVersion.of(wire));
      } catch (IllegalArgumentException e) {
        // Written by a version that knew more, or a time zone that is gone: as on the topic.
      }
    }
    return versions;
  }

  void writeHistory(ObjectiveHistory history, boolean withdrawn) {
    HistoryRecord.Builder record = HistoryRecord.newBuilder().setWithdrawn(withdrawn);
    history.versions().forEach(version -> record.addVersion(version.wire()));
    map.put(RecordKeys.history(history.id()), record.build().toByteArray());
  }

  void appendLog(long sequence, LogRecord record) {
    map.put(RecordKeys.log(sequence), record.toByteArray());
  }

  void deleteLog(long sequence) {
    map.delete(RecordKeys.log(sequence));
  }

  /** Shows the input blocks that are kept, oldest first. */
  void replay(BiConsumer<Long, LogRecord> visitor) {
    map.visit(
        RecordKeys.log(0),
        RecordKeys.logEnd(),
        (key, value) -> {
          try {
            visitor.accept(RecordKeys.logSequence(key), LogRecord.parseFrom(value));
          } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a durable input block is broken", e);
          }
        });
  }

  /** Writes what changed of a subject: it is then as of the input block {@code sequence}. */
  void store(SubjectLedger ledger, long sequence) {
    ledger.tidy(key -> map.delete(RecordKeys.counter(ledger.id, key)));
    for (SelectedCounterRecord counter : ledger.selected.counters().takeChanged()) {
      map.put(
          RecordKeys.counter(ledger.id, SelectedCounters.keyOf(counter)), counter.toByteArray());
    }
    Changes changes = ledger.changes;
    changes.forEachChunk(chunk -> storeChunk(ledger, chunk));
    changes.forEachSketch(key -> storeSketch(ledger, key));
    for (ArmLedger arm : ledger.arms.values()) {
      arm.minutes().values().forEach(minute -> storeMinute(ledger, minute));
    }
    map.put(RecordKeys.subject(ledger.id), SubjectCodec.encode(ledger, sequence).toByteArray());
    ledger.storedSequence = sequence;
    changes.stored();
  }

  private void storeChunk(SubjectLedger ledger, ChunkKey chunk) {
    ChunkRecord record = SubjectCodec.encodeChunk(ledger, chunk);
    write(RecordKeys.chunk(ledger.id, chunk), record.getPartCount() == 0, record.toByteArray());
  }

  private void storeSketch(SubjectLedger ledger, SketchKey key) {
    SketchSeries sketches = key.inits() ? ledger.initSketch : ledger.callSketch;
    Sketch sketch = sketches.bucket(key.startMillis());
    write(
        RecordKeys.sketch(ledger.id, key),
        sketch.size() == 0,
        SubjectCodec.encodeSketch(sketch).toByteArray());
  }

  private void storeMinute(SubjectLedger ledger, MinuteBucket minute) {
    if (minute.takeChanged()) {
      map.put(
          RecordKeys.minute(ledger.id, minute.arm(), minute.startMillis()),
          minute.toBucket(false).toByteArray());
    }
  }

  private void write(byte[] key, boolean empty, byte[] value) {
    if (!empty) {
      map.put(key, value);
    } else if (map.get(key) != null) {
      map.delete(key);
    }
  }

  void deleteMinute(SubjectLedger ledger, MinuteBucket minute) {
    map.delete(RecordKeys.minute(ledger.id, minute.arm(), minute.startMillis()));
  }

  /** Deletes the chunks of {@code width} before the chunk {@code first}. */
  void expire(SubjectLedger ledger, BucketWidth width, int first) {
    deleteRange(RecordKeys.chunk(ledger.id, width, 0), RecordKeys.chunk(ledger.id, width, first));
  }

  /** Deletes a subject and all its parts. */
  void forget(SubjectLedger ledger) {
    for (byte[] prefix : RecordKeys.partsOf(ledger.id)) {
      deleteRange(prefix, RecordKeys.behind(prefix));
    }
    map.delete(RecordKeys.subject(ledger.id));
  }

  private void deleteRange(byte[] from, byte[] to) {
    List<byte[]> keys = new ArrayList<>();
    map.visit(from, to, (key, value) -> keys.add(key));
    keys.forEach(map::delete);
  }

  /** All subjects with their buckets, not yet moved to any time. */
  List<SubjectLedger> readSubjects() {
    Map<Integer, SubjectLedger> byId = new HashMap<>();
    List<SubjectLedger> ledgers = new ArrayList<>();
    map.visit(
        RecordKeys.subject(0),
        RecordKeys.subjectsEnd(),
        (key, value) -> {
          int id = RecordKeys.subjectId(key);
          SubjectLedger ledger = SubjectCodec.decode(id, value);
          byId.put(id, ledger);
          ledgers.add(ledger);
        });
    return restoreParts(byId, ledgers);
  }

  private List<SubjectLedger> restoreParts(
      Map<Integer, SubjectLedger> byId, List<SubjectLedger> ledgers) {
    visitParts(
        RecordKeys.chunks(),
        RecordKeys.chunksEnd(),
        byId,
        (ledger, key, value) -> SubjectCodec.restoreChunk(ledger, RecordKeys.chunkKey(key), value));
    visitParts(
        RecordKeys.sketches(),
        RecordKeys.sketchesEnd(),
        byId,
        (ledger, key, value) ->
            SubjectCodec.restoreSketch(ledger, RecordKeys.sketchKey(key), value));
    visitParts(
        RecordKeys.minutes(),
        RecordKeys.minutesEnd(),
        byId,
        (ledger, key, value) -> restoreMinute(ledger, value));
    visitParts(
        RecordKeys.counters(),
        RecordKeys.countersEnd(),
        byId,
        (ledger, key, value) -> restoreCounter(ledger, value));
    return ledgers;
  }

  private void visitParts(
      byte[] from, byte[] to, Map<Integer, SubjectLedger> byId, PartVisitor visitor) {
    map.visit(
        from,
        to,
        (key, value) -> {
          SubjectLedger ledger = byId.get(RecordKeys.subjectId(key));
          if (ledger != null) {
            visitor.part(ledger, key, value);
          }
        });
  }

  private static void restoreMinute(SubjectLedger ledger, byte[] value) {
    try {
      MinuteBucket minute = new MinuteBucket(ledger.key, SliBucket.parseFrom(value));
      ledger.arm(minute.arm()).minutes().put(minute.startMillis(), minute);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a durable minute is broken", e);
    }
  }

  private static void restoreCounter(SubjectLedger ledger, byte[] value) {
    try {
      ledger.selected.counters().restore(SelectedCounterRecord.parseFrom(value));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a durable record of a counter is broken", e);
    }
  }

  /** Is shown the parts of subjects. */
  private interface PartVisitor {
    void part(SubjectLedger ledger, byte[] key, byte[] value);
  }
}

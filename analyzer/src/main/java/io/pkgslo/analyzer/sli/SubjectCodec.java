// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import com.google.protobuf.InvalidProtocolBufferException;
import io.pkgslo.analyzer.window.Sketch;
import io.pkgslo.analyzer.window.SubjectKey;
import io.pkgslo.analyzer.window.WindowedSums;
import io.pkgslo.analyzer.wire.ChunkRecord;
import io.pkgslo.analyzer.wire.ExemplarRecord;
import io.pkgslo.analyzer.wire.FirstSeenRecord;
import io.pkgslo.analyzer.wire.SeriesRecord;
import io.pkgslo.analyzer.wire.SketchRecord;
import io.pkgslo.analyzer.wire.SubjectRecord;
import io.pkgslo.model.DurationBuckets;
import java.util.List;

/** Durable records of a subject, both ways. */
final class SubjectCodec {
  /** Format of the records that this version writes, and the highest that it reads. */
  static final int FORMAT = 2;

  /** Name in chunks of what a subject does whatever its objectives. */
  private static final String TRAFFIC = "";

  private SubjectCodec() {}

  static SubjectRecord encode(SubjectLedger ledger, long sequence) {
    Totals totals = ledger.totals;
    SubjectRecord.Builder record =
        SubjectRecord.newBuilder()
            .setFormat(FORMAT)
            .setSequence(sequence)
            .setService(ledger.key.service())
            .setVersion(ledger.key.version())
            .setPackage(ledger.key.goPackage())
            .setOwnErrors(totals.ownErrors)
            .setPanics(totals.panics)
            .setPanicEpisodes(totals.panicEpisodes)
            .setInitFailures(totals.initFailures)
            .setCallDurationSumNanos(totals.callDurationSumNanos)
            .setInitDurationSumNanos(totals.initDurationSumNanos)
            .setWeightUnknown(totals.weightUnknown)
            .setLastSeenMillis(totals.lastSeenMillis)
            .setUnannounced(ledger.changes.unannounced);
    for (long calls : totals.calls) {
      record.addCalls(calls);
    }
    for (long calls : totals.apiCalls) {
      record.addApiCalls(calls);
    }
    for (long count : totals.callDurations) {
      record.addCallDurationCount(count);
    }
    for (long count : totals.initDurations()) {
      record.addInitDurationCount(count);
    }
    ledger.series.forEach(one -> record.addSeries(SeriesCodec.encode(one)));
    ledger.arms.forEach((arm, its) -> encodeFirstSeen(arm, its, record));
    encodeExemplars(ledger, record);
    if (ledger.surroundings != null) {
      record.setSurroundings(ledger.surroundings.encode());
    }
    if (ledger.runtime != null) {
      record.setRuntime(ledger.runtime.encode());
    }
    long forgotten = ledger.selected.counters().forgottenNanos();
    if (forgotten != 0) {
      record.setForgottenCountersNanos(forgotten);
    }
    return record.build();
  }

  private static void encodeFirstSeen(String arm, ArmLedger its, SubjectRecord.Builder record) {
    its.firstSeenMillis()
        .forEach(
            (process, millis) ->
                record.addFirstSeen(
                    FirstSeenRecord.newBuilder()
                        .setArm(arm)
                        .setProcess(process)
                        .setEpochMillis(millis)));
  }

  private static void encodeExemplars(SubjectLedger ledger, SubjectRecord.Builder record) {
    ledger
        .exemplars
        .snapshot()
        .forEach(
            exemplar ->
                record.addExemplar(
                    ExemplarRecord.newBuilder()
                        .setBucket(DurationBuckets.indexOf(exemplar.durationNanos()))
                        .setTraceId(exemplar.traceId())
                        .setDurationNanos(exemplar.durationNanos())
                        .setEpochMillis(exemplar.epochMillis())));
  }

  /** The subject without its buckets; they come by {@link #restoreChunk} and the like. */
  static SubjectLedger decode(int id, byte[] bytes) {
    SubjectRecord record = parse(bytes);
    SubjectLedger ledger =
        new SubjectLedger(
            id, new SubjectKey(record.getService(), record.getVersion(), record.getPackage()));
    ledger.storedSequence = record.getSequence();
    ledger.changes.unannounced = record.getUnannounced();
    decodeTotals(record, ledger.totals);
    for (SeriesRecord series : record.getSeriesList()) {
      ledger.series.add(SeriesCodec.decode(series, ledger.changes::bucket));
    }
    for (FirstSeenRecord seen : record.getFirstSeenList()) {
      ledger.arm(seen.getArm()).seen(seen.getProcess(), seen.getEpochMillis());
    }
    if (record.hasSurroundings()) {
      ledger.surroundings = Surroundings.decode(record.getSurroundings());
    }
    if (record.hasRuntime()) {
      ledger.runtime = RuntimeLedger.decode(record.getRuntime());
    }
    ledger.selected.counters().restoreForgotten(record.getForgottenCountersNanos());
    ledger.arms.values().forEach(arm -> arm.restoreLastSeen(record.getLastSeenMillis()));
    for (ExemplarRecord exemplar : record.getExemplarList()) {
      ledger.exemplars.set(
          exemplar.getTraceId(), exemplar.getDurationNanos(), exemplar.getEpochMillis());
    }
    return ledger;
  }

  private static SubjectRecord parse(byte[] bytes) {
    try {
      SubjectRecord record = SubjectRecord.parseFrom(bytes);
      if (record.getFormat() > FORMAT) {
        throw new IllegalStateException(
            "the state was written by a newer version: format " + record.getFormat());
      }
      return record;
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a durable record of a subject is broken", e);
    }
  }

  private static void decodeTotals(SubjectRecord record, Totals totals) {
    copy(record.getCallsList(), totals.calls);
    copy(record.getApiCallsList(), totals.apiCalls);
    copy(record.getCallDurationCountList(), totals.callDurations);
    if (record.getInitDurationCountList().stream().anyMatch(count -> count != 0)) {
      copy(record.getInitDurationCountList(), totals.ownInitDurations());
    }
    totals.callDurationSumNanos = record.getCallDurationSumNanos();
    totals.initDurationSumNanos = record.getInitDurationSumNanos();
    totals.ownErrors = record.getOwnErrors();
    totals.panics = record.getPanics();
    totals.panicEpisodes = record.getPanicEpisodes();
    totals.initFailures = record.getInitFailures();
    totals.weightUnknown = record.getWeightUnknown();
    totals.lastSeenMillis = record.getLastSeenMillis();
  }

  private static void copy(List<Long> from, long[] to) {
    for (int i = 0; i < Math.min(from.size(), to.length); i++) {
      to[i] = from.get(i);
    }
  }

  static ChunkRecord encodeChunk(SubjectLedger ledger, ChunkKey chunk) {
    ChunkRecord.Builder record = ChunkRecord.newBuilder();
    encodePart(TRAFFIC, ledger.traffic, chunk, record);
    ledger.series.forEach(one -> encodePart(one.key(), one.sums(), chunk, record));
    return record.build();
  }

  private static void encodePart(
      String name, WindowedSums sums, ChunkKey chunk, ChunkRecord.Builder record) {
    ChunkRecord.Part.Builder part = ChunkRecord.Part.newBuilder().setSeries(name);
    int first = chunk.firstSlot();
    sums.visit(
        chunk.width(),
        first,
        first + chunk.width().slotsPerChunk(),
        (slot, valid, bad) -> part.addOffset(slot - first).addValid(valid).addBad(bad));
    if (part.getOffsetCount() > 0) {
      record.addPart(part);
    }
  }

  static void restoreChunk(SubjectLedger ledger, ChunkKey chunk, byte[] bytes) {
    ledger.changes.exists(chunk);
    try {
      for (ChunkRecord.Part part : ChunkRecord.parseFrom(bytes).getPartList()) {
        if (part.getSeries().equals(TRAFFIC)) {
          restorePart(ledger.traffic, chunk, part);
        }
        for (SloSeries one : ledger.series) {
          if (one.key().equals(part.getSeries())) {
            restorePart(one.sums(), chunk, part);
          }
        }
      }
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a durable record of buckets is broken", e);
    }
  }

  private static void restorePart(WindowedSums sums, ChunkKey chunk, ChunkRecord.Part part) {
    for (int i = 0; i < part.getOffsetCount(); i++) {
      sums.restore(
          chunk.width(), chunk.firstSlot() + part.getOffset(i), part.getValid(i), part.getBad(i));
    }
  }

  static SketchRecord encodeSketch(Sketch sketch) {
    SketchRecord.Builder record = SketchRecord.newBuilder();
    for (int i = 0; i < sketch.size(); i++) {
      record.addIndex(sketch.indexAt(i)).addCount(sketch.countAt(i));
    }
    return record.build();
  }

  static void restoreSketch(SubjectLedger ledger, SketchKey key, byte[] bytes) {
    try {
      SketchRecord record = SketchRecord.parseFrom(bytes);
      for (int i = 0; i < record.getIndexCount(); i++) {
        (key.inits() ? ledger.initSketch : ledger.callSketch)
            .add(key.startMillis(), record.getIndex(i), record.getCount(i));
      }
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a durable record of durations is broken", e);
    }
  }
}

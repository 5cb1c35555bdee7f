// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.pkgslo.analyzer.window.BucketWidth;
import io.pkgslo.analyzer.window.ProgressTracker;
import io.pkgslo.analyzer.window.SubjectKey;
import io.pkgslo.analyzer.wire.LogRecord;
import io.pkgslo.analyzer.wire.StageRecord;
import io.pkgslo.model.Topics;
import io.pkgslo.model.wire.ObservationBlock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * The windows of one partition: a fold over its input blocks, single-threaded. Time moves by the
 * progress in the blocks only, so the same blocks give the same sums on every run.
 *
 * <p>What it holds is always the content of the durable map: made from it at construction, and kept
 * up with every block. Whoever commits the map together with the input position and the output has
 * each block counted exactly once.
 */
public final class SliStage {
  private static final long TEN_SECONDS_MILLIS = 10_000;
  private static final long HOUR_MILLIS = 3_600_000;
  private static final long DAY_MILLIS = 86_400_000;

  private static final Comparator<MinuteBucket> BY_NAME =
      Comparator.comparing((MinuteBucket minute) -> minute.subject().service())
          .thenComparing(minute -> minute.subject().goPackage())
          .thenComparing(minute -> minute.subject().version())
          .thenComparing(MinuteBucket::arm);

  private final StageSettings settings;
  private final LedgerArchive archive;
  private final DropListener drops;
  private final ProgressTracker tracker = new ProgressTracker(Set.of(Topics.SPANS, Topics.PROCESS));
  private final SubjectLedgers ledgers;
  private final InputLog log;
  private final NewsBox unexported = new NewsBox(1);
  private final NewsBox unannounced = new NewsBox(2);
  private final NavigableMap<Long, List<MinuteBucket>> open = new TreeMap<>();
  private final Set<MinuteBucket> corrected = new LinkedHashSet<>();

  private final Objectives objectives;
  private long nextSequence;
  private long closedMillis = ProgressTracker.UNKNOWN;
  private boolean replaying;

  /** A stage as {@code map} has it. */
  public SliStage(
      StageSettings settings, DurableMap map, ObjectiveSet objectives, DropListener drops) {
    this.settings = settings;
    this.archive = new LedgerArchive(map);
    this.objectives = new Objectives(archive, objectives, settings.retentionMillis());
    this.drops = drops;
    this.ledgers = new SubjectLedgers(settings.limits(), settings.partition(), this::noteOverflow);
    this.log = new InputLog(archive, settings.storeAfterMillis());
    restore();
    catchUp();
  }

  private void restore() {
    StageRecord stage = archive.readStage();
    if (stage == null) {
      return;
    }
    nextSequence = stage.getNextSequence();
    stage.getProgressList().forEach(tracker::observe);
    closedMillis = stage.hasClosedMillis() ? stage.getClosedMillis() : ProgressTracker.UNKNOWN;
    List<SubjectLedger> stored = archive.readSubjects();
    // All of them first: a subject may ask for its service's exposure, which must find the stored
    // one, and must not take the number of a subject that is still to come.
    stored.forEach(ledgers::put);
    stored.forEach(this::welcomeBack);
    replaying = true;
    archive.replay(this::replay);
    replaying = false;
    ledgers.forEach(this::openAgain);
  }

  private void openAgain(SubjectLedger ledger) {
    ledger.judge(closedMillis, settings.lateMinutesMillis());
    if (SubjectLedgers.isOverflow(ledger.key)) {
      return;
    }
    for (ArmLedger arm : ledger.arms.values()) {
      // Those before it have been given out.
      arm.minutes().tailMap(minuteOf(closedMillis), true).values().forEach(this::keepOpen);
    }
  }

  /** Of the objectives that blocks counted for when they came, to those of now. */
  private void catchUp() {
    if (objectives.catchUp()) {
      ledgers.forEach(this::bindAgain);
    }
  }

  private void bindAgain(SubjectLedger ledger) {
    ledger.bind(objectives.inForce(), closedMillis);
    news(ledger);
  }

  private void welcomeBack(SubjectLedger ledger) {
    boolean waits = ledger.changes.unannounced;
    ledger.bind(objectives.inForce(), closedMillis);
    ledger.advance(closedMillis);
    if (ledger.totals.panics > 0) {
      ledgers.expose(ledger, this::welcome);
    }
    news(ledger);
    if (!waits && ledger.totals.lastSeenMillis < closedMillis - HOUR_MILLIS) {
      unannounced.dismiss(ledger);
      ledger.changes.unannounced = false;
    }
  }

  private void replay(long sequence, LogRecord record) {
    log.restored(sequence, record);
    long watermarkMillis =
        record.hasWatermarkMillis() ? record.getWatermarkMillis() : ProgressTracker.UNKNOWN;
    long closed = record.hasClosedMillis() ? record.getClosedMillis() : ProgressTracker.UNKNOWN;
    try {
      ObservationBlock block = ObservationBlock.parseFrom(record.getBlock());
      fold(block, new BlockTime(sequence, watermarkMillis, closed));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a durable input block is broken", e);
    }
  }

  /** Applies one input block and gives out what it closes. */
  public void accept(ObservationBlock block, SliOutput output) {
    accept(block, block.toByteString(), output);
  }

  /**
   * Likewise, where the block is at hand as it came.
   *
   * @param bytes {@code block} as a message
   */
  public void accept(ObservationBlock block, ByteString bytes, SliOutput output) {
    if (objectives.takePartsTheLog()) {
      log.storeAll(nextSequence - 1);
    }
    long sequence = nextSequence++;
    long watermarkMillis = tracker.watermarkMillis();
    if (hasFacts(block)) {
      log.append(sequence, logRecord(bytes, watermarkMillis));
      fold(block, new BlockTime(sequence, watermarkMillis, closedMillis));
    }
    giveCorrected(output);
    block.getProgressList().forEach(tracker::observe);
    advance(sequence, output);
    log.store(sequence, tracker.watermarkMillis());
    objectives.store(closedMillis);
    archive.writeStage(stageRecord());
  }

  private static boolean hasFacts(ObservationBlock block) {
    return block.getCallCount()
            + block.getOwnTimeCount()
            + block.getPanicCount()
            + block.getInitCount()
            + block.getLogCount()
            + block.getEdgeCount()
            + block.getContextLossCount()
            + block.getErrorLogCount()
            + block.getRuntimeCount()
            + block.getSelectedCount()
            + block.getSelectedPointCount()
        > 0;
  }

  private void fold(ObservationBlock block, BlockTime time) {
    DropListener listener = replaying ? (reason, items, example) -> {} : drops;
    BlockSubjects subjects =
        new BlockSubjects(ledgers, settings, block, time, this::welcome, listener);
    new BlockFold(subjects, new TouchedBy(time)).apply();
  }

  /** Takes another set of objectives: subjects are matched again, once. */
  public void objectives(ObjectiveSet present) {
    if (!objectives.take(present)) {
      return;
    }
    ledgers.forEach(this::bindAgain);
  }

  private void welcome(SubjectLedger ledger) {
    ledger.bind(objectives.inForce(), closedMillis);
    ledger.advance(closedMillis);
  }

  private void noteOverflow(SubjectKey key) {
    if (!replaying) {
      drops.dropped(SliDrop.SUBJECT_LIMIT, 1, key.toString());
    }
  }

  private void news(SubjectLedger ledger) {
    ledger.told = null;
    if (!ledger.isService()) {
      unexported.changed(ledger);
      unannounced.changed(ledger);
      ledger.changes.unannounced = true;
    }
  }

  private void advance(long sequence, SliOutput output) {
    long watermarkMillis = tracker.watermarkMillis();
    if (watermarkMillis == ProgressTracker.UNKNOWN) {
      return;
    }
    long settled = watermarkMillis - settings.settleMillis();
    long closed = Math.floorDiv(settled, TEN_SECONDS_MILLIS) * TEN_SECONDS_MILLIS;
    if (closed <= closedMillis) {
      return;
    }
    long minuteBefore = minuteOf(closedMillis);
    closedMillis = closed;
    ledgers.forEach(ledger -> advance(ledger, sequence, watermarkMillis));
    if (minuteOf(closed) > minuteBefore) {
      giveClosed(output);
      tidy();
    }
  }

  private void advance(SubjectLedger ledger, long sequence, long watermarkMillis) {
    boolean judged = ledger.judge(closedMillis, settings.lateMinutesMillis());
    boolean moved = ledger.advance(closedMillis);
    if (moved || judged) {
      news(ledger);
    }
    if (judged || ledger.changes.hasSketches()) {
      log.changed(ledger, sequence, watermarkMillis);
    }
  }

  private static long minuteOf(long epochMillis) {
    return epochMillis == ProgressTracker.UNKNOWN
        ? ProgressTracker.UNKNOWN
        : Math.floorDiv(epochMillis, MinuteBucket.WIDTH_MILLIS) * MinuteBucket.WIDTH_MILLIS;
  }

  private void giveClosed(SliOutput output) {
    long closedMinute = minuteOf(closedMillis);
    while (!open.isEmpty() && open.firstKey() < closedMinute) {
      // In an order that a restart does not change.
      open.pollFirstEntry().getValue().stream()
          .sorted(BY_NAME)
          .forEach(minute -> output.bucket(minute.toBucket(false)));
    }
    output.closedThrough(closedMinute);
  }

  private void giveCorrected(SliOutput output) {
    corrected.forEach(minute -> output.bucket(minute.toBucket(true)));
    corrected.clear();
  }

  /** Lets go of what no item can change any more. */
  private void tidy() {
    List<SubjectLedger> silent = new ArrayList<>();
    ledgers.forEach(
        ledger -> {
          tidyMinutes(ledger);
          tidyChunks(ledger);
          if (ledger.totals.lastSeenMillis < closedMillis - settings.retentionMillis()
              && ledger.changes.isStored()) {
            silent.add(ledger);
          }
        });
    silent.forEach(this::forget);
  }

  private void tidyMinutes(SubjectLedger ledger) {
    long firstKept = closedMillis - settings.lateMinutesMillis() - MinuteBucket.WIDTH_MILLIS;
    for (ArmLedger arm : ledger.arms.values()) {
      Collection<MinuteBucket> old = arm.minutes().headMap(firstKept, true).values();
      old.forEach(minute -> archive.deleteMinute(ledger, minute));
      old.clear();
    }
    ledger
        .arms
        .values()
        .removeIf(
            arm -> arm.minutes().isEmpty() && arm.lastSeenMillis() < closedMillis - DAY_MILLIS);
  }

  private void tidyChunks(SubjectLedger ledger) {
    for (BucketWidth width : BucketWidth.values()) {
      long keptMillis = Math.min(width.longestWindowSeconds() * 1_000, settings.retentionMillis());
      int first = ChunkKey.of(width, closedMillis - keptMillis).number();
      if (ledger.changes.expire(width, first)) {
        archive.expire(ledger, width, first);
      }
    }
  }

  private void forget(SubjectLedger ledger) {
    ledgers.remove(ledger);
    archive.forget(ledger);
    if (!ledger.isService()) {
      unexported.forgotten(ledger);
      unannounced.forgotten(ledger);
    }
  }

  /** Subjects that changed since the last call, for the exposition. */
  public News takeUnexported() {
    return unexported.take(this::snapshot);
  }

  /** Subjects that changed since the last call, for the topic of subjects. */
  public News takeUnannounced() {
    return unannounced.take(
        ledger -> {
          ledger.changes.unannounced = false;
          return snapshot(ledger);
        });
  }

  /** Made once for both who are told. */
  private SubjectSnapshot snapshot(SubjectLedger ledger) {
    SubjectSnapshot told = ledger.told;
    if (told == null) {
      long now = tracker.watermarkMillis();
      told =
          SubjectSnapshot.of(
              ledger,
              () -> ledgers.serviceOf(ledger),
              now == ProgressTracker.UNKNOWN ? Long.MAX_VALUE : now);
      ledger.told = told;
    }
    return told;
  }

  /** Up to where all that was observed has come, or {@link ProgressTracker#UNKNOWN}. */
  public long watermarkMillis() {
    return tracker.watermarkMillis();
  }

  /** How many subjects there are. */
  public int subjects() {
    return ledgers.size();
  }

  private LogRecord logRecord(ByteString block, long watermarkMillis) {
    LogRecord.Builder record = LogRecord.newBuilder().setBlock(block);
    if (watermarkMillis != ProgressTracker.UNKNOWN) {
      record.setWatermarkMillis(watermarkMillis);
    }
    if (closedMillis != ProgressTracker.UNKNOWN) {
      record.setClosedMillis(closedMillis);
    }
    return record.build();
  }

  private StageRecord stageRecord() {
    StageRecord.Builder record =
        StageRecord.newBuilder()
            .setFormat(SubjectCodec.FORMAT)
            .setNextSequence(nextSequence)
            .addAllProgress(tracker.heard());
    if (closedMillis != ProgressTracker.UNKNOWN) {
      record.setClosedMillis(closedMillis);
    }
    return record.build();
  }

  private void keepOpen(MinuteBucket minute) {
    if (!minute.isOpenAgain()) {
      open.computeIfAbsent(minute.startMillis(), m -> new ArrayList<>()).add(minute);
    }
  }

  /** Notes what one block changes. */
  private final class TouchedBy implements Touched {
    private final BlockTime time;

    TouchedBy(BlockTime time) {
      this.time = time;
    }

    @Override
    public void subject(SubjectLedger ledger) {
      log.changed(ledger, time.sequence(), time.watermarkMillis());
      news(ledger);
    }

    @Override
    public void exposure(SubjectLedger ledger) {
      news(ledger);
    }

    @Override
    public void minute(SubjectLedger ledger, MinuteBucket minute) {
      minute.changed();
      // Of subjects that have nothing in common no release can be judged.
      if (replaying || SubjectLedgers.isOverflow(ledger.key)) {
        return;
      }
      if (minute.startMillis() < minuteOf(closedMillis)) {
        corrected.add(minute);
      } else {
        keepOpen(minute);
      }
    }
  }
}

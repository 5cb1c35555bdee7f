// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import io.pkgslo.model.Topics;
import io.pkgslo.model.wire.AuditReport;
import io.pkgslo.model.wire.InitReport;
import io.pkgslo.model.wire.Origin;
import io.pkgslo.model.wire.PanicBlock;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What belongs to the processes of one partition: reads their stderr for crashes and init traces,
 * merges the reports of one panic, finds episodes, and names the service of what does not say.
 * Everything but a log record or metric that names its service waits until it settles, as in {@link
 * TraceCorrelator}. Mutable, single-threaded.
 */
public final class ProcessCorrelator {
  /** Kinds of identities: one log record may be a line, a report and a log at once. */
  private static final long LINE = 1L << 32;

  private static final long REPORT = 2L << 32;
  private static final long INIT = 3L << 32;
  private static final long LOG = 4L << 32;
  private static final long POINT = 5L << 32;

  /** Of a request, not of its records: see {@link AuditSettling}. */
  static final long AUDIT = 6L << 32;

  private static final long SELECTED_POINT = 7L << 32;

  private final ProcessSettings settings;
  private final ProcessSink sink;
  private final Watermark watermark =
      new Watermark(
          List.of(Topics.OTLP_SPANS, Topics.OTLP_LOGS, Topics.OTLP_METRICS, Topics.SPANS));

  /** Of the topic of lines alone: a crash that is told early waits for no other one. */
  private final Watermark lineWatermark = new Watermark(List.of(Topics.OTLP_LOGS));

  private final IdentitySet identities;
  private final EpisodeBook episodes;
  private final Processes processes;
  private final ProcessSettling settling;
  private final AuditSettling audits;
  private final DeadlineQueue<Runnable> waiting = new DeadlineQueue<>();
  private final DeadlineQueue<Runnable> early = new DeadlineQueue<>();

  /** A correlator of all processes, whatever they are called. */
  public ProcessCorrelator(ProcessSettings settings, ProcessSink sink) {
    this(settings, sink, name -> false);
  }

  /**
   * @param isElsewhere whether a process of this name is at home in another partition
   */
  public ProcessCorrelator(
      ProcessSettings settings, ProcessSink sink, Predicate<String> isElsewhere) {
    this.settings = settings;
    this.sink = sink;
    this.identities = new IdentitySet(settings.duplicateHorizonMillis(), settings.maxIdentities());
    this.episodes = new EpisodeBook(sink);
    this.processes = new Processes(settings.maxProcesses());
    this.settling = new ProcessSettling(settings, sink, episodes, isElsewhere, this::awaitReport);
    this.audits = new AuditSettling(settings, sink, identities, waiting, isElsewhere, this::count);
  }

  /**
   * Tells of an episode that may be older than the blocks that will be replayed. To be called for
   * every episode that is kept, before the first block.
   *
   * <p>A replay may open episodes of its own from reports whose relatives were not kept. They are
   * as old as the first blocks, cover no panic that is in time, and are at some time forgotten.
   */
  public void restore(Episode episode) {
    episodes.restore(processes.seen(episode.process(), Watermark.UNKNOWN), episode);
  }

  /**
   * Takes in a block and settles what its progress lets settle.
   *
   * @return the time of the block: it is to be kept until {@link #replayFromMillis} is later
   */
  public long accept(ProcessBlock block) {
    long arrivedMillis = Math.max(block.getAppendedMillis(), watermark.millis());
    List<ProcessState> linked = new ArrayList<>(block.getAliasCount());
    for (ProcessAlias alias : block.getAliasList()) {
      linked.add(link(block.getOrigin(alias.getOriginIndex()), alias, arrivedMillis));
    }
    audits.named(linked);
    for (Origin origin : block.getOriginList()) {
      processes.seen(origin.getProcess(), arrivedMillis).learn(origin, arrivedMillis);
    }
    takeLines(block, arrivedMillis);
    for (ProcessInit init : block.getInitList()) {
      take(block.getOrigin(init.getOriginIndex()), init, arrivedMillis);
    }
    for (PanicReport report : block.getPanicList()) {
      if (isNew(report.getIdentityHigh(), report.getIdentityLow(), REPORT, arrivedMillis)) {
        take(report, arrivedMillis);
      } else {
        sink.dropped(CorrelateDrop.DUPLICATE_REPORT, 1);
        hasten(report, arrivedMillis);
      }
    }
    for (ProcessRequest request : block.getRequestList()) {
      Origin origin = block.getOrigin(request.getOriginIndex());
      audits.request(processes.seen(origin.getProcess(), arrivedMillis), request, arrivedMillis);
    }
    for (ProcessLog log : block.getLogList()) {
      take(block.getOrigin(log.getOriginIndex()), log, arrivedMillis);
    }
    for (RuntimePoint point : block.getRuntimeList()) {
      take(block.getOrigin(point.getOriginIndex()), point, arrivedMillis);
    }
    for (SelectedPoint point : block.getSelectedPointList()) {
      take(block.getOrigin(point.getOriginIndex()), point, arrivedMillis);
    }
    bound();
    advance(block.getProgressList());
    return arrivedMillis;
  }

  /** As {@link #accept(ProcessBlock)}; each report says itself when it arrived. */
  public long accept(PanicBlock block) {
    long latestMillis = watermark.millis();
    for (PanicReport report : block.getPanicList()) {
      // Whoever forwards a report has waited for its relatives: what counts is when it arrived.
      latestMillis = Math.max(latestMillis, report.getAppendedMillis());
      take(report, report.getAppendedMillis());
    }
    for (InitReport init : block.getInitList()) {
      latestMillis = Math.max(latestMillis, init.getAppendedMillis());
      long arrivedMillis = init.getAppendedMillis();
      ProcessState process = processes.seen(init.getOrigin().getProcess(), arrivedMillis);
      process.learn(init.getOrigin(), arrivedMillis);
      await(arrivedMillis, () -> settling.forwardedInit(process, init));
    }
    for (AuditReport report : block.getAuditList()) {
      latestMillis = Math.max(latestMillis, report.getAppendedMillis());
      take(report);
    }
    bound();
    advance(block.getProgressList());
    return latestMillis;
  }

  /** As {@link TraceCorrelator#replayFromMillis}, together with the episodes that are kept. */
  public long replayFromMillis() {
    if (watermark.millis() == Watermark.UNKNOWN) {
      return Watermark.UNKNOWN;
    }
    // A copy of what is held must find what it is a copy of.
    return watermark.millis()
        - settings.duplicateHorizonMillis()
        - settings.settleMillis()
        - holdMillis()
        - 2_000;
  }

  /** Upstream progress so far. */
  public List<Progress> progress() {
    return watermark.entries();
  }

  /** Epoch milliseconds, or {@link Watermark#UNKNOWN}. */
  public long watermarkMillis() {
    return watermark.millis();
  }

  /** For metrics: how long a duplicate is recognised really, at present. */
  public int effectiveDuplicateHorizonSeconds() {
    return identities.effectiveHorizonSeconds();
  }

  /** For metrics: processes that are known. */
  public int processes() {
    return processes.size();
  }

  /** For metrics: items, or groups of lines, that wait. */
  public int waitingItems() {
    return waiting.size();
  }

  private ProcessState link(Origin origin, ProcessAlias alias, long arrivedMillis) {
    List<String> names = new ArrayList<>();
    names.add(origin.getProcess());
    names.addAll(alias.getProcessList());
    ProcessState process = processes.link(names, arrivedMillis);
    process.learn(origin, arrivedMillis);
    return process;
  }

  private boolean isNew(long high, long low, long kind, long arrivedMillis) {
    return identities.add(high, low ^ IdentitySet.mix(kind), EpochSeconds.of(arrivedMillis));
  }

  private void takeLines(ProcessBlock block, long arrivedMillis) {
    Map<LineStream, Long> lastNanos = new LinkedHashMap<>();
    for (ProcessLine line : block.getLineList()) {
      long kind = LINE | line.getOrdinal();
      if (isNew(line.getIdentityHigh(), line.getIdentityLow(), kind, arrivedMillis)) {
        Origin origin = block.getOrigin(line.getOriginIndex());
        ProcessState process = processes.seen(origin.getProcess(), arrivedMillis);
        LineStream stream =
            process.stream(origin, block.getStream(line.getStreamIndex()), settings.blame());
        if (!stream.add(line.getTimeEpochNanos(), line.getText(), line.getPartial())) {
          sink.dropped(CorrelateDrop.LATE_LINE, 1);
          settling.readExcess(stream, arrivedMillis);
        }
        lastNanos.merge(stream, line.getTimeEpochNanos(), Math::max);
      } else {
        sink.dropped(CorrelateDrop.DUPLICATE_LINE, 1);
      }
    }
    lastNanos.forEach(
        (stream, last) -> {
          if (stream.mayShowInitCrash()) {
            early.add(block.getAppendedMillis(), () -> settling.tellEarly(stream, last));
          }
          await(arrivedMillis, () -> settling.lines(stream, last, arrivedMillis));
        });
  }

  private void take(Origin origin, ProcessInit init, long arrivedMillis) {
    if (!isNew(init.getIdentityHigh(), init.getIdentityLow(), INIT, arrivedMillis)) {
      sink.dropped(CorrelateDrop.DUPLICATE_INIT, 1);
      return;
    }
    ProcessState process = processes.seen(origin.getProcess(), arrivedMillis);
    await(arrivedMillis, () -> settling.initSpan(process, origin, init, arrivedMillis));
  }

  private void take(PanicReport report, long arrivedMillis) {
    Origin origin = report.getOrigin();
    ProcessState process = processes.seen(origin.getProcess(), arrivedMillis);
    process.learn(origin, arrivedMillis);
    awaitReport(process, new ProcessReport(report, origin, null, arrivedMillis));
  }

  /** As of spans: a copy may be read before what it is a copy of. */
  private void hasten(PanicReport copy, long arrivedMillis) {
    ProcessState process = processes.seen(copy.getOrigin().getProcess(), arrivedMillis);
    for (ProcessReport known : List.copyOf(process.reports())) {
      if (known.isCopyOf(copy) && known.arrivedMillis() > arrivedMillis) {
        process.reports().remove(known);
        awaitReport(process, known.arrived(arrivedMillis));
      }
    }
  }

  private void awaitReport(ProcessState process, ProcessReport report) {
    process.reports().add(report);
    await(report.arrivedMillis(), () -> settling.panics(process, report));
  }

  private void take(Origin origin, ProcessLog log, long arrivedMillis) {
    if (!isNew(log.getIdentityHigh(), log.getIdentityLow(), LOG, arrivedMillis)) {
      sink.dropped(CorrelateDrop.DUPLICATE_LOG, 1);
    } else if (log.getRequest() != 0) {
      ProcessState process = processes.seen(origin.getProcess(), arrivedMillis);
      audits.record(new AuditEvents.Event(process, origin, log, arrivedMillis));
    } else if (!origin.getService().isEmpty()) {
      count(Origins.named(origin), log);
    } else {
      ProcessState process = processes.seen(origin.getProcess(), arrivedMillis);
      await(arrivedMillis, () -> count(process.current().name(origin), log));
    }
  }

  private void take(AuditReport report) {
    long arrivedMillis = report.getAppendedMillis();
    ProcessState process = processes.seen(report.getOrigin().getProcess(), arrivedMillis);
    if (report.hasRequest()) {
      audits.request(process, report.getRequest(), arrivedMillis);
    } else if (report.hasLog()) {
      process.learn(report.getOrigin(), arrivedMillis);
      ProcessLog log = report.getLog();
      audits.record(new AuditEvents.Event(process, report.getOrigin(), log, arrivedMillis));
    }
  }

  private void count(Origin origin, ProcessLog log) {
    String goPackage = log.getPackage().isEmpty() ? Origins.UNATTRIBUTED : log.getPackage();
    sink.log(origin, goPackage, log.getSeverity(), log.getTimeEpochNanos(), log.getText());
    if (log.hasSelected()) {
      sink.selectedLog(origin, goPackage, log.getSelected(), log.getTimeEpochNanos());
    }
  }

  private void take(Origin origin, RuntimePoint point, long arrivedMillis) {
    long series = IdentitySet.hash(point.getAttribute(), IdentitySet.hash(point.getMetric(), 0));
    long times =
        IdentitySet.mix(point.getTimeEpochNanos()) ^ Long.rotateLeft(point.getStartEpochNanos(), 1);
    long high = IdentitySet.hash(origin.getProcess(), series);
    if (!isNew(high, IdentitySet.mix(series ^ times), POINT, arrivedMillis)) {
      sink.dropped(CorrelateDrop.DUPLICATE_POINT, 1);
    } else if (!origin.getService().isEmpty()) {
      sink.runtime(Origins.named(origin), point);
    } else {
      ProcessState process = processes.seen(origin.getProcess(), arrivedMillis);
      await(arrivedMillis, () -> sink.runtime(process.current().name(origin), point));
    }
  }

  /** The series is one of a resource, so its identity needs no process. */
  private void take(Origin origin, SelectedPoint point, long arrivedMillis) {
    long times =
        IdentitySet.mix(point.getTimeEpochNanos()) ^ Long.rotateLeft(point.getStartEpochNanos(), 1);
    long low = IdentitySet.mix(point.getSeriesLow() ^ times);
    if (!isNew(point.getSeriesHigh(), low, SELECTED_POINT, arrivedMillis)) {
      sink.dropped(CorrelateDrop.DUPLICATE_POINT, 1);
      return;
    }
    SelectedPoint placed =
        point.getPackage().isEmpty()
            ? point.toBuilder().setPackage(Origins.UNATTRIBUTED).build()
            : point;
    if (!origin.getService().isEmpty()) {
      sink.selectedPoint(Origins.named(origin), placed);
    } else {
      ProcessState process = processes.seen(origin.getProcess(), arrivedMillis);
      await(arrivedMillis, () -> sink.selectedPoint(process.current().name(origin), placed));
    }
  }

  private void await(long arrivedMillis, Runnable settle) {
    waiting.add(arrivedMillis + settings.settleMillis(), settle);
  }

  private void bound() {
    while (waiting.size() > settings.maxWaiting()) {
      Runnable first = waiting.pollDue(Long.MAX_VALUE);
      if (first != null) {
        sink.dropped(CorrelateDrop.WAITING_EXCEEDED, 1);
        first.run();
      }
    }
    while (early.size() > settings.maxWaiting()) {
      early.pollDue(Long.MAX_VALUE); // It is told when it settles.
    }
    ProcessState excess = processes.pollExcess();
    while (excess != null) {
      sink.dropped(CorrelateDrop.PROCESSES_EXCEEDED, 1);
      excess = processes.pollExcess();
    }
  }

  private void advance(List<Progress> progress) {
    if (lineWatermark.accept(progress)) {
      runDue(early, lineWatermark.millis());
    }
    if (!watermark.accept(progress)) {
      return;
    }
    long now = watermark.millis();
    runDue(waiting, now);
    audits.countHeldBefore(now - holdMillis());
    identities.advance(EpochSeconds.of(now));
    forgetBefore(now - settings.duplicateHorizonMillis());
    sink.progress(now - settings.settleMillis());
  }

  private static void runDue(DeadlineQueue<Runnable> queue, long nowMillis) {
    Runnable due = queue.pollDue(nowMillis);
    while (due != null) {
      due.run();
      due = queue.pollDue(nowMillis);
    }
  }

  private long holdMillis() {
    return Math.min(AuditEvents.HOLD_MILLIS, settings.duplicateHorizonMillis());
  }

  private void forgetBefore(long millis) {
    episodes.forgetBefore(millis);
    audits.forgetBefore(millis);
    for (ProcessState process : processes.seenBefore(millis)) {
      if (process.episodes().isEmpty()) {
        processes.remove(process);
      }
    }
  }
}

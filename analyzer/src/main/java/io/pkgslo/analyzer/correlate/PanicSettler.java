// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import io.pkgslo.golang.crash.GoPanic;
import io.pkgslo.golang.stack.MainResolver;
import io.pkgslo.golang.symbol.GoPackage;
import io.pkgslo.model.FixedPoint;
import io.pkgslo.model.wire.Origin;
import io.pkgslo.model.wire.PanicCount;
import io.pkgslo.model.wire.PanicReport;
import io.pkgslo.model.wire.PanicReport.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Counts the panics of a process whose time has come: each once, with the package that its best
 * witness blames, and whether it opens an episode. Single-threaded.
 */
final class PanicSettler {
  /** So long a panic is known as counted when another report of it comes. */
  static final long SETTLED_MILLIS = 60_000L;

  private final ProcessSink sink;
  private final EpisodeBook episodes;
  private final MainResolver mains;
  private final Predicate<String> isElsewhere;

  /**
   * @param isElsewhere whether a process of this name is at home in another partition
   */
  PanicSettler(
      ProcessSink sink, EpisodeBook episodes, MainResolver mains, Predicate<String> isElsewhere) {
    this.isElsewhere = isElsewhere;
    this.sink = sink;
    this.episodes = episodes;
    this.mains = mains;
  }

  /**
   * Counts every panic that has a report which arrived at or before {@code dueMillis}.
   *
   * @param foreseen reports that lines will give which are not due
   */
  void settle(ProcessState process, List<ProcessReport> foreseen, long dueMillis) {
    String home = process.homeName();
    if (isElsewhere.test(home)) {
      forwardDue(process, home, dueMillis);
      return;
    }
    List<ProcessReport> reports = new ArrayList<>(process.reports());
    reports.addAll(foreseen);
    List<ProcessReport> late = new ArrayList<>();
    List<PanicGroup> groups =
        PanicMerge.merge(reports, process.settledFrom(dueMillis - SETTLED_MILLIS), late);
    late.removeIf(ProcessReport::isForeseen);
    if (process.reports().removeAll(late)) {
      sink.dropped(CorrelateDrop.LATE_REPORT, late.size());
    }
    // Panics that are not due yet may still open the episode that covers a later one.
    Episodes expected = new Episodes();
    for (PanicGroup group : groups) {
      boolean due = isDue(group, dueMillis);
      if (due) {
        group.settle();
      }
      ProcessReport blamed = blamed(process, group);
      Origin origin = process.name(group.preferred(bySource(group)).origin());
      String goPackage = goPackage(blamed, origin);
      long fingerprint = Fingerprint.of(goPackage, blamed.report());
      Episode episode = new Episode(process.name(), fingerprint, group.timeNanos());
      boolean opens =
          !process.episodes().cover(fingerprint, group.timeNanos())
              && !expected.cover(fingerprint, group.timeNanos());
      if (opens) {
        expected.add(episode);
      }
      if (due) {
        if (opens) {
          episodes.open(process, episode);
        }
        sink.panic(origin, goPackage, count(group, blamed, fingerprint, opens));
        settled(process, group);
      }
    }
  }

  /**
   * Tells a crash in initialisation before it settles, if nothing that may still come can make it
   * another one. Counts nothing.
   *
   * @param crash of which the lines are here and not due
   * @return false if it was not told
   */
  boolean tellEarly(ProcessState process, ProcessReport crash) {
    PanicGroup alone = new PanicGroup(crash);
    if (!EarlyCrash.isCertain(crash)
        || !process.hasServiceOf(crash.origin())
        || process.settledFrom(Long.MIN_VALUE).stream().anyMatch(alone::mayJoin)) {
      return false;
    }
    Origin origin = process.name(crash.origin());
    String goPackage = goPackage(crash, origin);
    long fingerprint = Fingerprint.of(goPackage, crash.report());
    PanicCount told = count(alone, crash, fingerprint, true).toBuilder().setEpisode(false).build();
    sink.earlyCrash(origin, goPackage, told);
    return true;
  }

  /**
   * Another partition knows the process under a better name, and may know of the same panic: all
   * reports meet there.
   */
  private void forwardDue(ProcessState process, String home, long dueMillis) {
    for (ProcessReport report : List.copyOf(process.reports())) {
      if (report.arrivedMillis() <= dueMillis) {
        process.reports().remove(report);
        Origin named = process.name(report.origin());
        String goPackage = goPackage(report, named);
        boolean known = !goPackage.equals(Origins.UNATTRIBUTED);
        sink.forward(
            report.report().toBuilder()
                .setOrigin(report.origin().toBuilder().setProcess(home))
                .setPackage(known ? goPackage : "")
                .setAppendedMillis(report.arrivedMillis())
                .build());
      }
    }
  }

  private void settled(ProcessState process, PanicGroup group) {
    process.reports().removeAll(group.reports());
    if (group.reports().size() > 1) {
      sink.dropped(CorrelateDrop.MERGED_REPORT, group.reports().size() - 1L);
    }
    process.addSettled(group);
  }

  private static boolean isDue(PanicGroup group, long dueMillis) {
    return group.reports().stream().anyMatch(report -> report.arrivedMillis() <= dueMillis);
  }

  /** A stack decides, the fullest first: the SDK cuts its stacks, the runtime's dump is whole. */
  private ProcessReport blamed(ProcessState process, PanicGroup group) {
    for (Source source : List.of(Source.STDERR, Source.LOG, Source.SPAN)) {
      ProcessReport report = group.of(source);
      if (report != null && report.isBlamedByStack() && namesPackage(process, report)) {
        return report;
      }
    }
    for (Source source : List.of(Source.SPAN, Source.LOG, Source.STDERR)) {
      ProcessReport report = group.of(source);
      if (report != null && !report.report().getPackage().isEmpty()) {
        return report;
      }
    }
    return group.preferred(Source.SPAN, Source.LOG, Source.STDERR);
  }

  private boolean namesPackage(ProcessState process, ProcessReport report) {
    return !goPackage(report, process.name(report.origin())).equals(Origins.UNATTRIBUTED);
  }

  /** Sources in the order of what they know of their service; one that names it goes first. */
  private static Source[] bySource(PanicGroup group) {
    for (Source source : List.of(Source.SPAN, Source.LOG, Source.STDERR)) {
      ProcessReport report = group.of(source);
      if (report != null && !report.origin().getService().isEmpty()) {
        return new Source[] {source};
      }
    }
    return new Source[] {Source.SPAN, Source.LOG, Source.STDERR};
  }

  private String goPackage(ProcessReport blamed, Origin origin) {
    GoPanic fromLines = blamed.fromLines();
    if (fromLines != null) {
      GoPackage resolved = fromLines.resolveMain(mains, origin.getService()).pkg();
      return resolved.path();
    }
    String goPackage = blamed.report().getPackage();
    return goPackage.isEmpty() ? Origins.UNATTRIBUTED : goPackage;
  }

  private static PanicCount count(
      PanicGroup group, ProcessReport blamed, long fingerprint, boolean opens) {
    PanicReport report = blamed.report();
    ProcessReport span = group.of(Source.SPAN);
    ProcessReport crash = group.of(Source.STDERR);
    boolean recovered = isRecovered(group);
    return PanicCount.newBuilder()
        .setTimeEpochNanos(group.timeNanos())
        .setWeight(span == null ? FixedPoint.ONE : span.report().getWeight())
        .setWeightUnknown(span != null && span.report().getWeightUnknown())
        .setEpisode(opens)
        .setFingerprint(fingerprint)
        .setType(PanicTexts.type(group))
        .setMessage(report.getMessage())
        .setFunction(report.getFunction())
        .setFile(report.getFile())
        .setStack(opens ? PanicTexts.stack(group, blamed) : "")
        .setTraceId(PanicTexts.traceId(group))
        .setRecovered(recovered)
        .setInitFailure(
            !recovered
                && group.reports().stream().anyMatch(member -> member.report().getInitFailure()))
        .setCrashProcess(crash == null ? "" : crash.report().getLineProcess())
        .setCrashEpochNanos(crash == null ? 0 : crash.timeNanos())
        .build();
  }

  /** The runtime's dump says that nobody recovered it, whatever others saw on its way up. */
  private static boolean isRecovered(PanicGroup group) {
    return group.of(Source.STDERR) == null
        && group.reports().stream().anyMatch(member -> member.report().getRecovered());
  }
}

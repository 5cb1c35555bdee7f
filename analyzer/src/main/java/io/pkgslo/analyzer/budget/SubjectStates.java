// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.budget;

import com.google.protobuf.ByteString;
import io.pkgslo.analyzer.sli.CallerSnapshot;
import io.pkgslo.analyzer.sli.CountSnapshot;
import io.pkgslo.analyzer.sli.LogSeverity;
import io.pkgslo.analyzer.sli.LossSnapshot;
import io.pkgslo.analyzer.sli.SubjectSnapshot;
import io.pkgslo.analyzer.sli.SurroundingsSnapshot;
import io.pkgslo.analyzer.window.Sums;
import io.pkgslo.model.wire.CallerEdge;
import io.pkgslo.model.wire.ContextLossCount;
import io.pkgslo.model.wire.LogSeverityCount;
import io.pkgslo.model.wire.SubjectState;
import java.util.HexFormat;

/**
 * The present state of a subject as it is told on {@code pkgslo.subjects}. Single-threaded.
 *
 * <p>Most of it is objectives in windows, 24 with the objectives that exist without a file. They
 * are written field by field behind the rest of the message, which is the same to a reader.
 */
public final class SubjectStates {
  private static final double PER_10K = 10_000;
  private static final double NANOS_PER_SECOND = 1e9;

  private final SloStateWriter slos = new SloStateWriter();

  /** A serialized {@link SubjectState}. */
  public byte[] encode(SubjectSnapshot subject) {
    return slos.behind(withoutSlos(subject), subject.slos());
  }

  /** Whether any of its error budgets is degraded. */
  public static boolean isDegraded(SubjectSnapshot subject) {
    return subject.slos().stream().anyMatch(slo -> new ErrorBudget(slo).degraded());
  }

  /** Weighted counts are given in units of 2^-20. */
  private static SubjectState withoutSlos(SubjectSnapshot subject) {
    CountSnapshot counts = subject.counts();
    SubjectState.Builder state =
        SubjectState.newBuilder()
            .setService(subject.key().service())
            .setVersion(subject.key().version())
            .setPackage(subject.key().goPackage())
            .setCalls(counts.allCalls())
            .setErrors(counts.errors())
            .setOwnErrors(counts.ownErrors())
            .setPanics(counts.panics())
            .setPanicEpisodes(counts.panicEpisodes())
            .setInits(counts.inits())
            .setInitFailures(counts.initFailures())
            .setApiCalls(counts.allApiCalls())
            .setApiErrors(counts.apiErrors())
            .setWeightUnknown(counts.weightUnknown())
            .setLastSeenEpochMillis(counts.lastSeenMillis());
    Sums hour = subject.lastHour();
    if (hour.valid() > 0) {
      state.setPanicsPer10KCalls(PER_10K * hour.bad() / hour.valid());
    }
    if (subject.initQuantiles() != null) {
      state.setInitP95Seconds(subject.initQuantiles().p95Nanos() / NANOS_PER_SECOND);
    }
    addSurroundings(subject.surroundings(), state);
    return state.build();
  }

  private static void addSurroundings(SurroundingsSnapshot around, SubjectState.Builder state) {
    for (LogSeverity severity : LogSeverity.values()) {
      long count = around.logs(severity);
      if (count > 0) {
        state.addLog(LogSeverityCount.newBuilder().setSeverity(severity.label()).setCount(count));
      }
    }
    state
        .setOrphanLogs(around.orphanLogs() - around.revisedOrphanLogs())
        .addAllErrorLog(around.errorLogs());
    for (LossSnapshot loss : around.losses()) {
      state.addContextLoss(
          ContextLossCount.newBuilder()
              .setKind(loss.kind().label())
              .setCount(loss.count())
              .setRevised(loss.revised())
              .setExampleTraceId(hex(loss.exampleTraceId())));
    }
    for (CallerSnapshot caller : around.callers()) {
      state.addCaller(
          CallerEdge.newBuilder()
              .setService(caller.caller().service())
              .setPackage(caller.caller().goPackage())
              .setCalls(caller.calls())
              .setErrors(caller.errors())
              .setSelfNanos(caller.selfNanos())
              .setExampleTraceId(hex(caller.exampleTraceId())));
    }
  }

  private static String hex(ByteString id) {
    return HexFormat.of().formatHex(id.toByteArray());
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.analyzer.window.SubjectKey;
import io.pkgslo.analyzer.window.WindowedSums;
import io.pkgslo.model.FixedPoint;
import io.pkgslo.model.SpanTraits;
import io.pkgslo.model.wire.CallCount;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Mutable, single-threaded: what one objective counts of one subject. Each event is judged by the
 * version that was valid at its time, so a replay counts the same.
 *
 * <p>A series without an objective sleeps: its sums stay until they expire, in case the objective
 * comes back.
 */
final class SloSeries {
  private final String id;
  private final Set<ObjectiveVersion> matching = new HashSet<>();
  private @Nullable ObjectiveHistory history;
  private WindowedSums sums;
  private long validTotal;
  private long badTotal;

  /** A series without an objective, as it is read back. */
  SloSeries(String id, WindowedSums sums, long validTotal, long badTotal) {
    this.id = id;
    this.sums = sums;
    this.validTotal = validTotal;
    this.badTotal = badTotal;
  }

  /** An empty series of an objective. */
  SloSeries(ObjectiveHistory history, SubjectKey subject, long closedMillis) {
    this(history.id(), new WindowedSums(history.latest().windows()), 0, 0);
    sums.advance(closedMillis);
    bind(history, subject);
  }

  /** Takes the present versions of the objective; null when there is none any more. */
  void bind(@Nullable ObjectiveHistory history, SubjectKey subject) {
    this.history = history;
    matching.clear();
    if (history == null) {
      return;
    }
    history.versions().stream().filter(v -> v.matches(subject)).forEach(matching::add);
    if (!history.latest().windows().equals(sums.windows())) {
      sums = sums.withWindows(history.latest().windows());
    }
  }

  /** Returns whether the calls count here. */
  boolean add(CallCount call, long epochMillis) {
    ObjectiveVersion version = judging(epochMillis);
    if (version == null) {
      return false;
    }
    return switch (version.sli()) {
      case PANIC_RATE -> count(epochMillis, call.getWeight(), 0);
      case AVAILABILITY ->
          call.getApi()
              && count(
                  epochMillis,
                  call.getWeight(),
                  call.getStatus() == SpanTraits.STATUS_ERROR ? call.getWeight() : 0);
      case LATENCY ->
          (call.getApi() || !version.apiCallsOnly())
              && count(
                  epochMillis,
                  call.getCount() * FixedPoint.ONE,
                  DurationThreshold.slower(call.getDurationCountList(), version.thresholdNanos())
                      * FixedPoint.ONE);
      case INIT_LATENCY -> false;
    };
  }

  /** Returns whether the panic counts here. */
  boolean addPanic(long weight, long epochMillis) {
    ObjectiveVersion version = judging(epochMillis);
    return version != null && version.sli() == Sli.PANIC_RATE && count(epochMillis, 0, weight);
  }

  /** Returns whether the init counts here. */
  boolean addInit(long durationNanos, long epochMillis) {
    ObjectiveVersion version = judging(epochMillis);
    if (version == null || version.sli() != Sli.INIT_LATENCY) {
      return false;
    }
    boolean slow = durationNanos > version.thresholdNanos();
    return count(epochMillis, FixedPoint.ONE, slow ? FixedPoint.ONE : 0);
  }

  private @Nullable ObjectiveVersion judging(long epochMillis) {
    ObjectiveVersion version = history == null ? null : history.at(epochMillis);
    return version != null && matching.contains(version) ? version : null;
  }

  private boolean count(long epochMillis, long valid, long bad) {
    validTotal += valid;
    badTotal += bad;
    sums.add(epochMillis, valid, bad);
    return true;
  }

  /** The version in force at {@code epochMillis}; null when none applies to the subject. */
  @Nullable ObjectiveVersion inForce(long epochMillis) {
    return judging(epochMillis);
  }

  /** True when it has counted anything, ever. */
  boolean hasEvents() {
    return validTotal != 0 || badTotal != 0;
  }

  boolean sleeps() {
    return history == null;
  }

  String id() {
    return id;
  }

  WindowedSums sums() {
    return sums;
  }

  long validTotal() {
    return validTotal;
  }

  long badTotal() {
    return badTotal;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import io.pkgslo.model.wire.AuditReport;
import io.pkgslo.model.wire.Origin;
import io.pkgslo.model.wire.ProcessLog;
import io.pkgslo.model.wire.ProcessRequest;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * What becomes of audit records and of those who name their requests: events end, find their trace
 * and are handed on, under whichever of its names their process is at home. Mutable,
 * single-threaded.
 */
final class AuditSettling {
  private final ProcessSettings settings;
  private final ProcessSink sink;
  private final IdentitySet identities;
  private final DeadlineQueue<Runnable> waiting;
  private final Predicate<String> isElsewhere;
  private final BiConsumer<Origin, ProcessLog> untraced;
  private final AuditEvents events = new AuditEvents();

  /**
   * @param isElsewhere whether a process of this name is at home in another partition
   * @param untraced takes the events of which no trace became known, with who sent them
   */
  AuditSettling(
      ProcessSettings settings,
      ProcessSink sink,
      IdentitySet identities,
      DeadlineQueue<Runnable> waiting,
      Predicate<String> isElsewhere,
      BiConsumer<Origin, ProcessLog> untraced) {
    this.settings = settings;
    this.sink = sink;
    this.identities = identities;
    this.waiting = waiting;
    this.isElsewhere = isElsewhere;
    this.untraced = untraced;
  }

  /** The trace of a request. It is told at once where the event waits for it. */
  void request(ProcessState process, ProcessRequest request, long arrivedMillis) {
    events.traced(process, request, arrivedMillis);
    if (!isHere(process)) {
      send(process, request, arrivedMillis);
    } else {
      process.current().requestNamedHere(true);
    }
  }

  private boolean isHere(ProcessState process) {
    return !isElsewhere.test(process.current().homeName());
  }

  private void send(ProcessState process, ProcessRequest request, long arrivedMillis) {
    sink.forward(
        AuditReport.newBuilder()
            .setOrigin(Origin.newBuilder().setProcess(process.current().homeName()))
            .setRequest(request)
            .setAppendedMillis(arrivedMillis)
            .build());
  }

  /**
   * The names of these processes became known: requests that they named before follow them home.
   * All processes at once, since each call looks at every request that is known.
   */
  void named(Collection<ProcessState> processes) {
    Map<String, ProcessState> moved = new HashMap<>();
    for (ProcessState linked : processes) {
      ProcessState process = linked.current();
      if (process.isRequestNamedHere() && !isHere(process)) {
        process.requestNamedHere(false);
        process.names().forEach(name -> moved.put(name, process));
      }
    }
    if (!moved.isEmpty()) {
      events.eachTraced(moved, this::send);
    }
  }

  /** A record of the audit log. */
  void record(AuditEvents.Event record) {
    boolean first = isFirst(record);
    if (first && record.log().getRequestOpen()) {
      AuditEvents.Event excess = events.hold(record);
      if (excess != null) {
        sink.dropped(CorrelateDrop.WAITING_EXCEEDED, 1);
        handOn(excess);
      }
    } else if (first) {
      ended(record);
    } else {
      sink.dropped(CorrelateDrop.MERGED_LOG, 1);
      AuditEvents.Event event = events.next(record);
      if (event != null) {
        ended(event);
      }
    }
  }

  /** A process may have learnt a further name since it was last asked about a request. */
  private boolean isFirst(AuditEvents.Event record) {
    int second = EpochSeconds.of(record.arrivedMillis());
    boolean first = true;
    for (String name : record.process().current().names()) {
      long low = IdentitySet.hash(name, 0) ^ IdentitySet.mix(ProcessCorrelator.AUDIT);
      first &= identities.add(record.log().getRequest(), low, second);
    }
    return first;
  }

  /** The span of a request ends when the request does, so that its trace may be on the way. */
  private void ended(AuditEvents.Event event) {
    if (event.hasTrace() || isElsewhere.test(event.process().current().homeName())) {
      handOn(event);
    } else {
      waiting.add(event.arrivedMillis() + settings.settleMillis(), () -> due(event));
    }
  }

  /** Another partition reads what comes under another name, and may be behind this one. */
  private void due(AuditEvents.Event event) {
    ProcessState process = event.process().current();
    boolean waits =
        !isElsewhere.test(process.homeName()) && process.names().stream().anyMatch(isElsewhere);
    if (!waits || events.joined(event).hasTrace()) {
      handOn(event);
    } else {
      waiting.add(event.arrivedMillis() + 2 * settings.settleMillis(), () -> handOn(event));
    }
  }

  /** Events whose ends did not come in time are what is known of them. */
  void countHeldBefore(long millis) {
    AuditEvents.Event event = events.pollBefore(millis);
    while (event != null) {
      handOn(event);
      event = events.pollBefore(millis);
    }
  }

  private void handOn(AuditEvents.Event unjoined) {
    AuditEvents.Event event = events.joined(unjoined);
    ProcessState process = event.process().current();
    Origin named = process.name(event.origin());
    String home = process.homeName();
    if (isElsewhere.test(home)) {
      sink.forward(
          AuditReport.newBuilder()
              .setOrigin(named.toBuilder().setProcess(home))
              // Whatever it was waiting for here is not waited for again.
              .setLog(event.log().toBuilder().setRequestOpen(false))
              .setAppendedMillis(event.arrivedMillis())
              .build());
    } else if (event.hasTrace()) {
      sink.forward(named, event.log(), event.arrivedMillis());
    } else {
      untraced.accept(named, event.log());
    }
  }

  void forgetBefore(long millis) {
    events.forgetTracesBefore(millis);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import io.pkgslo.model.wire.Origin;
import io.pkgslo.model.wire.ProcessLog;
import io.pkgslo.model.wire.ProcessRequest;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Kubernetes audit records by their audit ids (reference: go-telemetry.md 6): the records of one
 * request are one event, which is the last of them, and the event belongs to the trace of whoever
 * else names the request. Mutable, single-threaded.
 */
final class AuditEvents {
  /** A request ends or is timed out by the API server in a minute, unless it is a watch. */
  static final long HOLD_MILLIS = 120_000;

  private static final int MAX_OPEN = 1 << 16;
  private static final int MAX_TRACES = 1 << 17;

  /** Takes requests whose traces are known. */
  @FunctionalInterface
  interface RequestSink {
    void request(ProcessState process, ProcessRequest request, long arrivedMillis);
  }

  /** One request of one process. */
  private record Key(String process, long request) {}

  private record Trace(long high, long low, long spanId, long arrivedMillis) {}

  /**
   * A record of an event.
   *
   * @param log with the trace of an earlier record of its event where it names none itself
   */
  record Event(ProcessState process, Origin origin, ProcessLog log, long arrivedMillis) {
    boolean hasTrace() {
      return log.getTraceIdLow() != 0;
    }

    private Event withTraceOf(Event other) {
      if (hasTrace() || !other.hasTrace()) {
        return this;
      }
      return new Event(process, origin, traced(other.traceOf()), arrivedMillis);
    }

    private Event in(Trace trace) {
      return new Event(process, origin, traced(trace), arrivedMillis);
    }

    private Trace traceOf() {
      return new Trace(log.getTraceIdHigh(), log.getTraceIdLow(), log.getSpanId(), arrivedMillis);
    }

    private ProcessLog traced(Trace trace) {
      return log.toBuilder()
          .setTraceIdHigh(trace.high())
          .setTraceIdLow(trace.low())
          .setSpanId(trace.spanId())
          .build();
    }
  }

  /** Requests of which only an early record came, and traces of requests, the oldest first. */
  private final Map<Key, Event> open = new LinkedHashMap<>();

  private final Map<Key, Trace> traces = new LinkedHashMap<>();

  /** Notes the trace of a request. */
  void traced(ProcessState process, ProcessRequest request, long arrivedMillis) {
    Key known = find(traces, process, request.getRequest());
    if (known != null) {
      traces.remove(known);
    }
    Key key = new Key(process.current().name(), request.getRequest());
    if (traces.size() >= MAX_TRACES) {
      removeFirst(traces);
    }
    traces.put(
        key,
        new Trace(
            request.getTraceIdHigh(), request.getTraceIdLow(), request.getSpanId(), arrivedMillis));
  }

  /** What was noted of the requests of these names, the earliest first. */
  void eachTraced(Map<String, ProcessState> processes, RequestSink sink) {
    traces.forEach(
        (key, trace) -> {
          ProcessState process = processes.get(key.process());
          if (process != null) {
            ProcessRequest request =
                ProcessRequest.newBuilder()
                    .setRequest(key.request())
                    .setTraceIdHigh(trace.high())
                    .setTraceIdLow(trace.low())
                    .setSpanId(trace.spanId())
                    .build();
            sink.request(process, request, trace.arrivedMillis());
          }
        });
  }

  /**
   * Holds the first record of an event of which another one will tell the end.
   *
   * @return the oldest event that is held, when there is no room for it any more
   */
  @Nullable Event hold(Event early) {
    open.put(key(early), early);
    return open.size() > MAX_OPEN ? removeFirst(open) : null;
  }

  /**
   * Another record of an event that was seen before.
   *
   * @return the event, when this is its end and it has not counted yet
   */
  @Nullable Event next(Event record) {
    Key key = find(open, record.process(), record.log().getRequest());
    Event held = key == null ? null : open.get(key);
    if (key == null || held == null) {
      return null;
    }
    if (record.log().getRequestOpen()) {
      open.replace(key, held.withTraceOf(record));
      return null;
    }
    open.remove(key);
    return record.withTraceOf(held);
  }

  /** The event with the trace of its request, as far as that is known. */
  Event joined(Event event) {
    if (event.hasTrace()) {
      return event;
    }
    Trace trace = traceOf(event.process(), event.log().getRequest());
    if (trace == null && event.log().getRequestAlias() != 0) {
      trace = traceOf(event.process(), event.log().getRequestAlias());
    }
    return trace == null ? event : event.in(trace);
  }

  private @Nullable Trace traceOf(ProcessState process, long request) {
    Key key = find(traces, process, request);
    return key == null ? null : traces.get(key);
  }

  /** The key of a request, which may be that of a name that the process had before. */
  private static @Nullable Key find(Map<Key, ?> map, ProcessState process, long request) {
    for (String name : process.current().names()) {
      Key key = new Key(name, request);
      if (map.containsKey(key)) {
        return key;
      }
    }
    return null;
  }

  /** An event that arrived before a time and whose end has not come, or null. */
  @Nullable Event pollBefore(long millis) {
    Iterator<Event> oldestFirst = open.values().iterator();
    if (!oldestFirst.hasNext()) {
      return null;
    }
    Event oldest = oldestFirst.next();
    if (oldest.arrivedMillis() >= millis) {
      return null;
    }
    oldestFirst.remove();
    return oldest;
  }

  void forgetTracesBefore(long millis) {
    Iterator<Trace> oldestFirst = traces.values().iterator();
    while (oldestFirst.hasNext() && oldestFirst.next().arrivedMillis() < millis) {
      oldestFirst.remove();
    }
  }

  private static Key key(Event event) {
    return new Key(event.process().current().name(), event.log().getRequest());
  }

  private static <V> V removeFirst(Map<Key, V> map) {
    Iterator<V> values = map.values().iterator();
    V first = values.next();
    values.remove();
    return first;
  }
}

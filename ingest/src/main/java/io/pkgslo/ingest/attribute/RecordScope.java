// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import io.pkgslo.ingest.decode.ResourceView;
import io.pkgslo.model.Overflow;
import io.pkgslo.model.wire.ProcessRequest;
import org.jboss.logging.Logger;

/**
 * What the readers of one worker share while a record is read: where its facts go, who counts its
 * items, and whose they are. Mutable, single-threaded.
 */
final class RecordScope {
  private static final Logger LOG = Logger.getLogger(RecordScope.class);
  private static final long WARN_EVERY_MILLIS = 60_000;

  private final FactSink sink;
  private final ItemTimes times;
  private final ArmAttributes arms;
  private final OriginReader origins;
  private final AliasBook aliases = new AliasBook();
  private ItemCounts counts = new ItemCounts();
  private long appendedMillis;
  private long nextWarningMillis = Long.MIN_VALUE;

  RecordScope(FactSink sink, ItemTimes times, ArmAttributes arms) {
    this.sink = sink;
    this.times = times;
    this.arms = arms;
    this.origins = new OriginReader(arms);
  }

  void begin(long recordAppendedMillis, ItemCounts itemCounts) {
    appendedMillis = recordAppendedMillis;
    counts = itemCounts;
    times.beginRecord();
  }

  /** The origin of a resource; publishes its names when they are due. */
  ProcessOrigin origin(ResourceView resource) {
    OriginReader.Read read = origins.read(resource);
    if (read.isLong()) {
      tooLong(read.origin());
    }
    publishNames(read.origin());
    return read.origin();
  }

  /** Throttled by the records' own time. */
  private void tooLong(ProcessOrigin origin) {
    counts.corrected(Correction.LONG_NAME);
    if (appendedMillis >= nextWarningMillis) {
      nextWarningMillis = appendedMillis + WARN_EVERY_MILLIS;
      LOG.warnf(
          "%s: names of more than %d characters, such as in a resource of service %s, process %s;"
              + " services and versions count as %s, others are cut",
          Correction.LONG_NAME.label(),
          BoundedName.MAX_CHARS,
          origin.service(),
          origin.process(),
          Overflow.NAME);
    }
  }

  /** Publishes the names of a process when they are due. */
  void publishNames(ProcessOrigin origin) {
    if (aliases.isDue(origin, appendedMillis)) {
      sink.alias(origin);
    }
  }

  void aborted() {
    aliases.forget();
  }

  ArmAttributes arms() {
    return arms;
  }

  FactSink sink() {
    return sink;
  }

  ItemTimes times() {
    return times;
  }

  ItemCounts counts() {
    return counts;
  }

  /** Append time of the record, epoch milliseconds. */
  long appendedMillis() {
    return appendedMillis;
  }

  /**
   * Tells the trace of a request, so that who names the request alone finds it.
   *
   * @param request as {@link RequestIds} gives it; nothing is told of 0
   */
  void request(ProcessOrigin origin, long request, long traceIdHigh, long traceIdLow, long spanId) {
    if (request != 0) {
      sink.request(
          origin,
          ProcessRequest.newBuilder()
              .setRequest(request)
              .setTraceIdHigh(traceIdHigh)
              .setTraceIdLow(traceIdLow)
              .setSpanId(spanId));
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.export;

import io.pkgslo.analyzer.sli.DurationSpread;
import io.pkgslo.analyzer.sli.SloSnapshot;
import io.pkgslo.model.FixedPoint;
import io.pkgslo.platform.Labels;
import io.prometheus.client.Collector;
import io.prometheus.client.exemplars.Exemplar;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The events of an objective by their duration, where it asks for that: a histogram with bounds of
 * its own, and a counter that tells events apart by the thresholds that they break.
 */
final class ObjectiveDurations {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final String HISTOGRAM = "slo_duration_seconds";
  private static final String BUCKET = HISTOGRAM + "_bucket";
  private static final String COUNT = HISTOGRAM + "_count";
  private static final String SUM = HISTOGRAM + "_sum";
  private static final String EVENTS = "slo_events";
  private static final String EVENTS_TOTAL = EVENTS + "_total";

  private ObjectiveDurations() {}

  static List<Family> all() {
    return List.of(
        Family.whileActive(
            HISTOGRAM,
            Collector.Type.HISTOGRAM,
            "Durations of the events of an objective, by the buckets that it asks for.",
            ObjectiveDurations::histograms),
        Family.always(
            EVENTS,
            Collector.Type.COUNTER,
            "Events of an objective by the greatest of its breach thresholds that they exceed.",
            ObjectiveDurations::breaches));
  }

  private static void histograms(Shown shown, SampleSink sink) {
    for (SloSnapshot slo : shown.subject().slos()) {
      DurationSpread spread = spread(slo);
      List<Long> bounds = slo.objective().durations().buckets();
      if (spread != null && !bounds.isEmpty()) {
        histogram(shown, slo, bounds, spread, sink);
      }
    }
  }

  private static void histogram(
      Shown shown, SloSnapshot slo, List<Long> bounds, DurationSpread spread, SampleSink sink) {
    Labels id = Names.SLO.of(slo.objective().id());
    double total = FixedPoint.toDouble(spread.total());
    long from = -1;
    for (long bound : bounds) {
      String le = Collector.doubleToGoString(bound / NANOS_PER_SECOND);
      double upTo = FixedPoint.toDouble(spread.total() - spread.slowerThan(bound));
      sink.add(BUCKET, id, shown.labels(), Names.LE.of(le), upTo, exemplar(spread, from, bound));
      from = bound;
    }
    Exemplar slowest = exemplar(spread, from, Long.MAX_VALUE);
    sink.add(BUCKET, id, shown.labels(), Names.LE.of("+Inf"), total, slowest);
    sink.add(COUNT, id, shown.labels(), total);
    sink.add(SUM, id, shown.labels(), spread.sumNanos() / NANOS_PER_SECOND);
  }

  /** All thresholds are there from the first event on, so that a first breach is an increase. */
  private static void breaches(Shown shown, SampleSink sink) {
    for (SloSnapshot slo : shown.subject().slos()) {
      DurationSpread spread = spread(slo);
      List<Long> thresholds = slo.objective().durations().breaches();
      if (spread == null || thresholds.isEmpty()) {
        continue;
      }
      Labels id = Names.SLO.of(slo.objective().id());
      long from = -1;
      long slower = spread.total();
      String broken = "none";
      for (long threshold : thresholds) {
        long above = spread.slowerThan(threshold);
        Exemplar exemplar = exemplar(spread, from, threshold);
        events(shown, id, broken, slower - above, exemplar, sink);
        from = threshold;
        slower = above;
        broken = text(threshold);
      }
      events(shown, id, broken, slower, exemplar(spread, from, Long.MAX_VALUE), sink);
    }
  }

  private static void events(
      Shown shown,
      Labels id,
      String broken,
      long units,
      @Nullable Exemplar exemplar,
      SampleSink sink) {
    Labels breach = Names.BREACH.of(broken);
    sink.add(EVENTS_TOTAL, id, shown.labels(), breach, FixedPoint.toDouble(units), exemplar);
  }

  /** Null until the version in force is the one whose bounds are counted. */
  private static @Nullable DurationSpread spread(SloSnapshot slo) {
    DurationSpread spread = slo.durations();
    return spread != null && spread.boundNanos().equals(slo.objective().durations().all())
        ? spread
        : null;
  }

  private static @Nullable Exemplar exemplar(DurationSpread spread, long fromNanos, long toNanos) {
    io.pkgslo.analyzer.sli.Exemplar found = spread.exemplar(fromNanos, toNanos);
    return found == null
        ? null
        : new Exemplar(
            found.durationNanos() / NANOS_PER_SECOND,
            found.epochMillis(),
            "trace_id",
            HexFormat.of().formatHex(found.traceId().toByteArray()));
  }

  /** In the largest unit that divides it, as objective files have it: 200ms, 5m. */
  private static String text(long nanos) {
    if (nanos % 60_000_000_000L == 0) {
      return nanos / 60_000_000_000L + "m";
    }
    if (nanos % 1_000_000_000L == 0) {
      return nanos / 1_000_000_000L + "s";
    }
    if (nanos % 1_000_000L == 0) {
      return nanos / 1_000_000L + "ms";
    }
    return nanos % 1_000 == 0 ? nanos / 1_000 + "us" : nanos + "ns";
  }
}

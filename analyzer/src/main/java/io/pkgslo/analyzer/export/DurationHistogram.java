// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.export;

import io.pkgslo.analyzer.sli.Exemplar;
import io.pkgslo.analyzer.sli.InitBuckets;
import io.pkgslo.analyzer.sli.SubjectSnapshot;
import io.pkgslo.model.DurationBuckets;
import io.prometheus.client.Collector;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The two histograms of a package, for subjects that were seen in the last hour. */
final class DurationHistogram {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final List<String> CALL_BOUNDS = bounds(DurationBuckets.COUNT, true);
  private static final List<String> INIT_BOUNDS = bounds(InitBuckets.COUNT, false);

  private DurationHistogram() {}

  static Family calls() {
    return Family.whileActive(
        "go_package_call_duration_seconds",
        Collector.Type.HISTOGRAM,
        "Durations of the calls (spans) of a package, each counted once.",
        (subject, sink) ->
            write(
                "go_package_call_duration_seconds",
                subject,
                CALL_BOUNDS,
                subject.counts().callDurations(),
                subject.counts().callDurationSumNanos(),
                sink));
  }

  static Family inits() {
    return Family.whileActive(
        "go_package_init_duration_seconds",
        Collector.Type.HISTOGRAM,
        "Durations of the initialisations of a package.",
        (subject, sink) ->
            write(
                "go_package_init_duration_seconds",
                subject,
                INIT_BOUNDS,
                subject.counts().initDurations(),
                subject.counts().initDurationSumNanos(),
                sink));
  }

  private static List<String> bounds(int buckets, boolean calls) {
    List<String> bounds = new ArrayList<>();
    for (int i = 0; i < buckets - 1; i++) {
      long nanos = calls ? DurationBuckets.upperBoundNanos(i) : InitBuckets.upperBoundNanos(i);
      bounds.add(Collector.doubleToGoString(nanos / NANOS_PER_SECOND));
    }
    bounds.add("+Inf");
    return List.copyOf(bounds);
  }

  private static void write(
      String name,
      SubjectSnapshot subject,
      List<String> bounds,
      List<Long> counts,
      long sumNanos,
      SampleSink sink) {
    long total = 0;
    for (int i = 0; i < counts.size(); i++) {
      total += counts.get(i);
    }
    if (total == 0) {
      return;
    }
    boolean calls = bounds == CALL_BOUNDS;
    long upTo = 0;
    for (int bucket = 0; bucket < bounds.size(); bucket++) {
      upTo += counts.get(bucket);
      sink.add(
          name + "_bucket",
          Names.BUCKET,
          List.of(
              subject.key().service(),
              subject.key().version(),
              subject.key().goPackage(),
              bounds.get(bucket)),
          (double) upTo,
          calls ? exemplar(subject, bucket) : null);
    }
    List<String> labels = PackageFamilies.labels(subject);
    sink.add(name + "_count", Names.SUBJECT, labels, (double) total);
    sink.add(name + "_sum", Names.SUBJECT, labels, sumNanos / NANOS_PER_SECOND);
  }

  private static io.prometheus.client.exemplars.@Nullable Exemplar exemplar(
      SubjectSnapshot subject, int bucket) {
    for (Exemplar exemplar : subject.exemplars()) {
      if (DurationBuckets.indexOf(exemplar.durationNanos()) == bucket) {
        return new io.prometheus.client.exemplars.Exemplar(
            exemplar.durationNanos() / NANOS_PER_SECOND,
            exemplar.epochMillis(),
            "trace_id",
            HexFormat.of().formatHex(exemplar.traceId().toByteArray()));
      }
    }
    return null;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.export;

import io.pkgslo.analyzer.sli.CountSnapshot;
import io.pkgslo.analyzer.sli.Counts;
import io.pkgslo.analyzer.sli.Exemplar;
import io.pkgslo.analyzer.sli.InitBuckets;
import io.pkgslo.analyzer.sli.SubjectSnapshot;
import io.pkgslo.model.DurationBuckets;
import io.pkgslo.platform.Labels;
import io.prometheus.client.Collector;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/** The two histograms of a package, for subjects that were seen in the last hour. */
final class DurationHistogram {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final DurationHistogram CALLS =
      new DurationHistogram(
          "go_package_call_duration_seconds",
          DurationBuckets.COUNT,
          DurationBuckets::upperBoundNanos,
          DurationHistogram::exemplar);
  private static final DurationHistogram INITS =
      new DurationHistogram(
          "go_package_init_duration_seconds",
          InitBuckets.COUNT,
          InitBuckets::upperBoundNanos,
          (subject, bucket) -> null);

  private final String name;
  private final String bucketName;
  private final String countName;
  private final String sumName;
  private final List<Labels> bounds = new ArrayList<>();
  private final Exemplars exemplars;

  private DurationHistogram(
      String name, int buckets, IntToLongFunction upperBoundNanos, Exemplars exemplars) {
    this.name = name;
    this.bucketName = name + "_bucket";
    this.countName = name + "_count";
    this.sumName = name + "_sum";
    this.exemplars = exemplars;
    for (int i = 0; i < buckets - 1; i++) {
      double seconds = upperBoundNanos.applyAsLong(i) / NANOS_PER_SECOND;
      bounds.add(Labels.of("le", Collector.doubleToGoString(seconds)));
    }
    bounds.add(Labels.of("le", "+Inf"));
  }

  /** Finds the exemplar of a bucket. */
  @FunctionalInterface
  private interface Exemplars {
    io.prometheus.client.exemplars.@Nullable Exemplar of(SubjectSnapshot subject, int bucket);
  }

  static Family calls() {
    return Family.whileActive(
        CALLS.name,
        Collector.Type.HISTOGRAM,
        "Durations of the calls (spans) of a package, each counted once.",
        (shown, sink) -> {
          CountSnapshot counts = shown.subject().counts();
          CALLS.write(shown, counts.callDurations(), counts.callDurationSumNanos(), sink);
        });
  }

  static Family inits() {
    return Family.whileActive(
        INITS.name,
        Collector.Type.HISTOGRAM,
        "Durations of the initialisations of a package.",
        (shown, sink) -> {
          CountSnapshot counts = shown.subject().counts();
          INITS.write(shown, counts.initDurations(), counts.initDurationSumNanos(), sink);
        });
  }

  private void write(Shown shown, Counts counts, long sumNanos, SampleSink sink) {
    long total = counts.sum();
    if (total == 0) {
      return;
    }
    long upTo = 0;
    for (int bucket = 0; bucket < bounds.size(); bucket++) {
      upTo += counts.get(bucket);
      sink.add(
          bucketName,
          shown.labels(),
          bounds.get(bucket),
          Labels.NONE,
          (double) upTo,
          exemplars.of(shown.subject(), bucket));
    }
    sink.add(countName, shown.labels(), (double) total);
    sink.add(sumName, shown.labels(), sumNanos / NANOS_PER_SECOND);
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

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.export;

import static io.prometheus.client.Collector.Type.COUNTER;
import static io.prometheus.client.Collector.Type.GAUGE;

import io.pkgslo.analyzer.sli.CountSnapshot;
import io.pkgslo.analyzer.sli.Quantiles;
import io.pkgslo.analyzer.sli.SubjectSnapshot;
import io.pkgslo.analyzer.window.Sums;
import io.pkgslo.model.FixedPoint;
import io.prometheus.client.Collector;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What is shown of each package, whatever the objectives. Counters exist from 0 on. */
final class PackageFamilies {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double PER_10K = 10_000;

  private PackageFamilies() {}

  static List<Family> all() {
    return Family.ofPackages(
        List.of(
            Family.always(
                "go_package_calls",
                COUNTER,
                "Calls (spans) of a package, weighted by their adjusted count.",
                PackageFamilies::calls),
            counter(
                "go_package_errors",
                "Calls of a package that failed.",
                s -> FixedPoint.toDouble(s.counts().errors())),
            counter(
                "go_package_own_errors",
                "Calls of a package that failed although nothing that they called did.",
                s -> s.counts().ownErrors()),
            counter(
                "go_package_panics",
                "Panics that a package is to blame for, each once.",
                s -> FixedPoint.toDouble(s.counts().panics())),
            counter(
                "go_package_panic_episodes",
                "Panic episodes: panics of one process and fingerprint within 60 s are one.",
                s -> s.counts().panicEpisodes()),
            counter("go_package_inits", "Initialisations of a package.", s -> s.counts().inits()),
            counter(
                "go_package_init_failures",
                "Processes that crashed while they initialised the package.",
                s -> s.counts().initFailures()),
            counter(
                "go_package_api_calls",
                "Calls of kind SERVER or CONSUMER.",
                s -> FixedPoint.toDouble(s.counts().allApiCalls())),
            counter(
                "go_package_api_errors",
                "Calls of kind SERVER or CONSUMER that failed.",
                s -> FixedPoint.toDouble(s.counts().apiErrors())),
            gauge(
                "go_package_weight_unknown",
                "1 when some call stands for an unknown number of calls.",
                PackageFamilies::weightUnknown),
            gauge(
                "go_package_panic_rate_per_10k_calls",
                "Panics per 10,000 calls over the sliding hour; absent without calls in it.",
                PackageFamilies::panicRate),
            gauge(
                "go_package_init_latency_p95_seconds",
                "P95 of init durations over the compliance period; absent without inits in it.",
                PackageFamilies::initP95),
            Family.whileActive(
                "go_package_call_latency_seconds",
                GAUGE,
                "Quantiles of call durations over the last hour, within 0.79 %.",
                PackageFamilies::callQuantiles),
            DurationHistogram.calls(),
            DurationHistogram.inits()));
  }

  private static Family counter(String name, String help, ToDoubleFunction<SubjectSnapshot> value) {
    String sample = name + "_total";
    return Family.always(
        name,
        COUNTER,
        help,
        (subject, sink) ->
            sink.add(sample, Names.SUBJECT, labels(subject), value.applyAsDouble(subject)));
  }

  private static Family gauge(String name, String help, Family.Writer writer) {
    return Family.always(name, Collector.Type.GAUGE, help, writer);
  }

  static List<String> labels(SubjectSnapshot subject) {
    return List.of(subject.key().service(), subject.key().version(), subject.key().goPackage());
  }

  /** A package without any call gets one series at 0, so that its first call is an increase. */
  private static void calls(SubjectSnapshot subject, SampleSink sink) {
    CountSnapshot counts = subject.counts();
    boolean none = true;
    for (int kind = 0; kind < Names.KINDS.size(); kind++) {
      for (int status = 0; status < Names.STATUSES.size(); status++) {
        long calls = counts.calls(kind, status);
        if (calls != 0) {
          none = false;
          addCalls(subject, kind, status, calls, sink);
        }
      }
    }
    if (none) {
      addCalls(subject, 1, 0, 0, sink);
    }
  }

  private static void addCalls(
      SubjectSnapshot subject, int kind, int status, long calls, SampleSink sink) {
    sink.add(
        "go_package_calls_total",
        Names.CALLS,
        List.of(
            subject.key().service(),
            subject.key().version(),
            subject.key().goPackage(),
            Names.KINDS.get(kind),
            Names.STATUSES.get(status)),
        FixedPoint.toDouble(calls));
  }

  private static void weightUnknown(SubjectSnapshot subject, SampleSink sink) {
    sink.add(
        "go_package_weight_unknown",
        Names.SUBJECT,
        labels(subject),
        subject.counts().weightUnknown() ? 1 : 0);
  }

  private static void panicRate(SubjectSnapshot subject, SampleSink sink) {
    Sums hour = subject.lastHour();
    if (hour.valid() > 0) {
      sink.add(
          "go_package_panic_rate_per_10k_calls",
          Names.SUBJECT,
          labels(subject),
          PER_10K * hour.bad() / hour.valid());
    }
  }

  private static void initP95(SubjectSnapshot subject, SampleSink sink) {
    Quantiles inits = subject.initQuantiles();
    if (inits != null) {
      sink.add(
          "go_package_init_latency_p95_seconds",
          Names.SUBJECT,
          labels(subject),
          inits.p95Nanos() / NANOS_PER_SECOND);
    }
  }

  private static void callQuantiles(SubjectSnapshot subject, SampleSink sink) {
    Quantiles calls = subject.callQuantiles();
    if (calls != null) {
      addQuantile(subject, "0.5", calls.p50Nanos(), sink);
      addQuantile(subject, "0.95", calls.p95Nanos(), sink);
      addQuantile(subject, "0.99", calls.p99Nanos(), sink);
    }
  }

  private static void addQuantile(
      SubjectSnapshot subject, String quantile, double nanos, SampleSink sink) {
    sink.add(
        "go_package_call_latency_seconds",
        Names.QUANTILE,
        List.of(
            subject.key().service(), subject.key().version(), subject.key().goPackage(), quantile),
        nanos / NANOS_PER_SECOND);
  }
}

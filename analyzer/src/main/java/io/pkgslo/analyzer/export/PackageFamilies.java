// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.export;

import static io.prometheus.client.Collector.Type.COUNTER;
import static io.prometheus.client.Collector.Type.GAUGE;

import io.pkgslo.analyzer.sli.CountSnapshot;
import io.pkgslo.analyzer.sli.Quantiles;
import io.pkgslo.analyzer.sli.SubjectSnapshot;
import io.pkgslo.analyzer.window.Sums;
import io.pkgslo.model.FixedPoint;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What is shown of each package, whatever the objectives. Counters exist from 0 on, but those of
 * API calls from the first one on; and of a silent package zeros are shown only of what nobody may
 * miss when it happens for the first time.
 */
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
            sparingCounter(
                "go_package_own_errors",
                "Calls of a package that failed although nothing that they called did.",
                s -> s.counts().ownErrors()),
            counter(
                "go_package_panics",
                "Panics that a package is to blame for, each once.",
                s -> FixedPoint.toDouble(s.counts().panics())),
            sparingCounter(
                "go_package_panic_episodes",
                "Panic episodes: panics of one process and fingerprint within 60 s are one.",
                s -> s.counts().panicEpisodes()),
            sparingCounter(
                "go_package_inits", "Initialisations of a package.", s -> s.counts().inits()),
            counter(
                "go_package_init_failures",
                "Processes that crashed while they initialised the package.",
                s -> s.counts().initFailures()),
            apiCounter(
                "go_package_api_calls",
                "Calls of kind SERVER or CONSUMER.",
                s -> FixedPoint.toDouble(s.counts().allApiCalls())),
            apiCounter(
                "go_package_api_errors",
                "Calls of kind SERVER or CONSUMER that failed.",
                s -> FixedPoint.toDouble(s.counts().apiErrors())),
            Family.sparing(
                "go_package_weight_unknown",
                GAUGE,
                "1 when some call stands for an unknown number of calls.",
                PackageFamilies::weightUnknown,
                PackageFamilies::onlyWeightUnknown),
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
        (shown, sink) -> sink.add(sample, shown.labels(), value.applyAsDouble(shown.subject())));
  }

  /** Of a silent package from its first one on. */
  private static Family sparingCounter(
      String name, String help, ToDoubleFunction<SubjectSnapshot> value) {
    Family always = counter(name, help, value);
    return Family.sparing(
        name,
        COUNTER,
        help,
        always.writer(),
        (shown, sink) -> {
          if (value.applyAsDouble(shown.subject()) > 0) {
            always.writer().write(shown, sink);
          }
        });
  }

  /** From the first API call on: most packages never serve one. */
  private static Family apiCounter(
      String name, String help, ToDoubleFunction<SubjectSnapshot> value) {
    String sample = name + "_total";
    return Family.always(
        name,
        COUNTER,
        help,
        (shown, sink) -> {
          if (shown.subject().counts().allApiCalls() > 0) {
            sink.add(sample, shown.labels(), value.applyAsDouble(shown.subject()));
          }
        });
  }

  private static Family gauge(String name, String help, Family.Writer writer) {
    return Family.always(name, GAUGE, help, writer);
  }

  /** A package without any call gets one series at 0, so that its first call is an increase. */
  private static void calls(Shown shown, SampleSink sink) {
    CountSnapshot counts = shown.subject().counts();
    boolean none = true;
    for (int kind = 0; kind < Names.KINDS.size(); kind++) {
      for (int status = 0; status < Names.STATUSES.size(); status++) {
        long calls = counts.calls(kind, status);
        if (calls != 0) {
          none = false;
          addCalls(shown, kind, status, calls, sink);
        }
      }
    }
    if (none) {
      addCalls(shown, 1, 0, 0, sink);
    }
  }

  private static void addCalls(Shown shown, int kind, int status, long calls, SampleSink sink) {
    sink.add(
        "go_package_calls_total",
        shown.labels(),
        Names.KIND_AND_STATUS.get(kind * Names.STATUSES.size() + status),
        FixedPoint.toDouble(calls));
  }

  private static void weightUnknown(Shown shown, SampleSink sink) {
    boolean unknown = shown.subject().counts().weightUnknown();
    sink.add("go_package_weight_unknown", shown.labels(), unknown ? 1 : 0);
  }

  private static void onlyWeightUnknown(Shown shown, SampleSink sink) {
    if (shown.subject().counts().weightUnknown()) {
      weightUnknown(shown, sink);
    }
  }

  private static void panicRate(Shown shown, SampleSink sink) {
    Sums hour = shown.subject().lastHour();
    if (hour.valid() > 0) {
      sink.add(
          "go_package_panic_rate_per_10k_calls",
          shown.labels(),
          PER_10K * hour.bad() / hour.valid());
    }
  }

  private static void initP95(Shown shown, SampleSink sink) {
    Quantiles inits = shown.subject().initQuantiles();
    if (inits != null) {
      sink.add(
          "go_package_init_latency_p95_seconds",
          shown.labels(),
          inits.p95Nanos() / NANOS_PER_SECOND);
    }
  }

  private static void callQuantiles(Shown shown, SampleSink sink) {
    Quantiles calls = shown.subject().callQuantiles();
    if (calls != null) {
      addQuantile(shown, "0.5", calls.p50Nanos(), sink);
      addQuantile(shown, "0.95", calls.p95Nanos(), sink);
      addQuantile(shown, "0.99", calls.p99Nanos(), sink);
    }
  }

  private static void addQuantile(Shown shown, String quantile, double nanos, SampleSink sink) {
    sink.add(
        "go_package_call_latency_seconds",
        shown.labels(),
        Names.QUANTILE.of(quantile),
        nanos / NANOS_PER_SECOND);
  }
}

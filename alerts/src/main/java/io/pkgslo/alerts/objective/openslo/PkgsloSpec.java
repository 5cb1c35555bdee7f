// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.openslo;

import io.pkgslo.alerts.objective.DurationBounds;
import io.pkgslo.alerts.objective.ItemSelector;
import io.pkgslo.alerts.objective.PackageSli;
import io.pkgslo.alerts.objective.RuntimeThreshold;
import io.pkgslo.alerts.objective.SeriesLabel;
import io.pkgslo.alerts.objective.Slo;
import io.pkgslo.alerts.objective.SpanKind;
import io.pkgslo.alerts.objective.Thresholds;
import io.pkgslo.alerts.objective.yaml.YamlMap;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The {@code spec} of a metric source of type pkgslo.
 *
 * @param threshold of latencies; null where the source has none
 * @param metric of runtime and metric its name, of log a path; null where the source has none
 * @param above threshold that is no time; null where the source has none
 * @param slices of runtime: so many bad ones in a row are bad
 * @param filter empty where the source has none
 */
record PkgsloSpec(
    Slo.Sli sli,
    String service,
    String version,
    String goPackage,
    Set<SpanKind> kinds,
    boolean apiCallsOnly,
    @Nullable Duration threshold,
    @Nullable String metric,
    @Nullable BigDecimal above,
    int slices,
    String filter,
    List<SeriesLabel> labels,
    DurationBounds durations) {
  static final String THRESHOLD = "threshold";

  private static final String[] KEYS = {
    "sli",
    "service",
    "version",
    "package",
    "kind",
    THRESHOLD,
    "metric",
    "slices",
    "filter",
    "labels",
    DurationBoundsReader.BUCKETS,
    DurationBoundsReader.BREACHES
  };

  private static final List<Slo.Sli> COUNTED =
      List.of(
          Slo.Sli.INIT_LATENCY,
          Slo.Sli.PANIC_RATE,
          Slo.Sli.AVAILABILITY,
          Slo.Sli.LATENCY,
          Slo.Sli.LOG,
          Slo.Sli.METRIC,
          Slo.Sli.RUNTIME);

  private static final String EXPECTED_SLI =
      "one of init-latency, panic-rate, availability, latency, log, metric, runtime";

  private static final String EVERYTHING = "*";
  private static final Pattern GLOB = Pattern.compile("[^?\\[\\]{}\\\\\\p{Cntrl}]{1,512}");
  private static final int MOST_SLICES = 100;

  /** Null when it is not valid, and reported. */
  static @Nullable PkgsloSpec of(MetricReader.Metric source) {
    int before = source.spec().problems().all().errors();
    YamlMap spec = YamlMap.of(source.spec().node(), "spec", source.spec().problems(), KEYS);
    if (spec == null) {
      return null;
    }
    Slo.Sli sli = sli(spec);
    String service = glob(spec, "service");
    String version = glob(spec, "version");
    String goPackage = glob(spec, "package");
    boolean apiCallsOnly = List.of("api").equals(spec.texts("kind"));
    Set<SpanKind> kinds = apiCallsOnly ? Set.of() : kinds(spec);
    checkKinds(spec, sli);
    if (sli == Slo.Sli.RUNTIME && spec.has("package")) {
      spec.error("package", "runtime has a package, expected none: it is of a whole process");
    }
    Duration threshold = sli == null || hasNumber(sli) ? null : threshold(spec, sli);
    BigDecimal above = sli != null && hasNumber(sli) ? Thresholds.number(spec, THRESHOLD) : null;
    String metric = metric(spec, sli);
    int slices = slices(spec, sli);
    SelectorReader selector = sli == null ? null : new SelectorReader(spec, sli);
    String filter = selector == null ? "" : selector.filter();
    List<SeriesLabel> labels = selector == null ? List.of() : selector.labels();
    DurationBounds durations = new DurationBoundsReader(spec, sli).read();
    return sli == null || source.spec().problems().all().errors() > before
        ? null
        : new PkgsloSpec(
            sli,
            service,
            version,
            goPackage,
            kinds,
            apiCallsOnly,
            threshold,
            metric,
            above,
            slices,
            filter,
            labels,
            durations);
  }

  /** True when its threshold is a number in some unit, and no time. */
  static boolean hasNumber(Slo.Sli sli) {
    return sli == Slo.Sli.RUNTIME || sli == Slo.Sli.LOG || sli == Slo.Sli.METRIC;
  }

  /**
   * True when it is as {@code total}, but for what a part of logs or metrics may select
   * differently. The part need not repeat labels.
   */
  boolean sameBut(PkgsloSpec total) {
    boolean mayDiffer = sli == Slo.Sli.LOG || sli == Slo.Sli.METRIC;
    PkgsloSpec alike =
        new PkgsloSpec(
            sli,
            service,
            version,
            goPackage,
            kinds,
            apiCallsOnly,
            threshold,
            sli == Slo.Sli.METRIC ? total.metric : metric,
            above,
            slices,
            total.filter,
            labels.isEmpty() ? total.labels : labels,
            durations);
    return mayDiffer && alike.equals(total);
  }

  /** What the analyzer counts. */
  PackageSli counted(
      @Nullable Duration limit, @Nullable RuntimeThreshold runtime, ItemSelector selector) {
    return new PackageSli(
        sli, service, version, goPackage, kinds, apiCallsOnly, limit, runtime, selector, durations);
  }

  /** How an SLI is spelled in a file. */
  static String word(Slo.Sli sli) {
    return sli.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Slo.@Nullable Sli sli(YamlMap spec) {
    String word = spec.requiredText("sli", EXPECTED_SLI);
    if (word == null) {
      return null;
    }
    for (Slo.Sli sli : COUNTED) {
      if (word(sli).equals(word)) {
        return sli;
      }
    }
    spec.unexpected("sli", EXPECTED_SLI);
    return null;
  }

  private static String glob(YamlMap spec, String key) {
    String glob = spec.text(key);
    if (glob != null && !GLOB.matcher(glob).matches()) {
      spec.unexpected(key, "a name in which only * stands for others");
    }
    return glob == null ? EVERYTHING : glob;
  }

  private static Set<SpanKind> kinds(YamlMap spec) {
    Set<SpanKind> kinds = EnumSet.noneOf(SpanKind.class);
    for (String word : spec.texts("kind")) {
      SpanKind kind = SpanKind.named(word);
      if (kind == null) {
        spec.error(
            "kind",
            "kind is "
                + YamlMap.quote(word)
                + ", expected server, client, producer, consumer or internal, or api alone");
      } else {
        kinds.add(kind);
      }
    }
    return kinds;
  }

  private static void checkKinds(YamlMap spec, Slo.@Nullable Sli sli) {
    boolean calls = sli == null || sli == Slo.Sli.LATENCY || sli == Slo.Sli.AVAILABILITY;
    if (spec.has("kind") && !calls) {
      spec.error("kind", "'kind' is about calls, expected it with latency or availability only");
    }
  }

  private static @Nullable Duration threshold(YamlMap spec, Slo.Sli sli) {
    if (!spec.has(THRESHOLD)) {
      return null;
    }
    if (!sli.isLatency()) {
      spec.error(THRESHOLD, word(sli) + " has a threshold, expected none");
      return null;
    }
    return Thresholds.duration(spec, THRESHOLD);
  }

  private static @Nullable String metric(YamlMap spec, Slo.@Nullable Sli sli) {
    if (sli == Slo.Sli.RUNTIME) {
      String metric = spec.requiredText("metric", Thresholds.EXPECTED_METRIC);
      if (metric != null && !Thresholds.isRuntimeMetric(metric)) {
        spec.unexpected("metric", Thresholds.EXPECTED_METRIC);
      }
      return metric;
    }
    if (sli == Slo.Sli.LOG || sli == Slo.Sli.METRIC) {
      return new SelectorReader(spec, sli).metric();
    }
    if (sli != null && spec.has("metric")) {
      spec.error("metric", word(sli) + " has a metric, expected none");
    }
    return null;
  }

  private static int slices(YamlMap spec, Slo.@Nullable Sli sli) {
    if (!spec.has("slices")) {
      return 1;
    }
    BigDecimal number = spec.number("slices");
    if (sli != Slo.Sli.RUNTIME) {
      spec.error("slices", "'slices' belongs to runtime, expected none");
    } else if (number != null
        && (number.stripTrailingZeros().scale() > 0
            || number.signum() == 0
            || number.compareTo(BigDecimal.valueOf(MOST_SLICES)) > 0)) {
      spec.unexpected("slices", "a whole number from 1 to " + MOST_SLICES);
    } else if (number != null) {
      return number.intValueExact();
    }
    return 1;
  }
}

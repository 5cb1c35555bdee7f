// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.openslo;

import io.pkgslo.alerts.objective.Durations;
import io.pkgslo.alerts.objective.ItemSelector;
import io.pkgslo.alerts.objective.PackageSli;
import io.pkgslo.alerts.objective.RuntimeThreshold;
import io.pkgslo.alerts.objective.SpanKind;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Metrics of an SLI, as OpenSLO v1 writes them. */
final class SourceWriter {
  private static final String EVERYTHING = "*";

  private SourceWriter() {}

  static Map<String, Object> prometheus(String query) {
    return source("prometheus", Map.of("query", query));
  }

  /** The source of all events. */
  static Map<String, Object> pkgslo(PackageSli sli) {
    Map<String, Object> spec = common(sli);
    ItemSelector selector = sli.selector();
    put(spec, "filter", selector.filter());
    put(spec, "metric", selector.metric());
    return source("pkgslo", spec);
  }

  /** The source of bad events, which is that of all where the SLI itself says what is bad. */
  static Map<String, Object> pkgsloBad(PackageSli sli) {
    ItemSelector selector = sli.selector();
    if (selector.badFilter().isEmpty() && selector.badMetric() == null) {
      return pkgslo(sli);
    }
    Map<String, Object> spec = common(sli);
    put(spec, "filter", selector.badFilter());
    put(spec, "metric", selector.badMetric());
    return source("pkgslo", spec);
  }

  private static void put(Map<String, Object> spec, String key, @Nullable String text) {
    if (text != null && !text.isEmpty()) {
      spec.put(key, text);
    }
  }

  private static Map<String, Object> common(PackageSli sli) {
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("sli", PkgsloSpec.word(sli.sli()));
    putGlob(spec, "service", sli.service());
    putGlob(spec, "version", sli.version());
    putGlob(spec, "package", sli.goPackage());
    if (sli.apiCallsOnly()) {
      spec.put("kind", "api");
    } else if (!sli.kinds().isEmpty()) {
      List<String> kinds = new TreeSet<>(sli.kinds()).stream().map(SpanKind::word).toList();
      spec.put("kind", kinds.size() == 1 ? kinds.get(0) : kinds);
    }
    if (sli.threshold() != null) {
      spec.put(PkgsloSpec.THRESHOLD, Durations.thresholdText(sli.threshold()));
    }
    putBounds(spec, DurationBoundsReader.BUCKETS, sli.durations().buckets());
    putBounds(spec, DurationBoundsReader.BREACHES, sli.durations().breaches());
    RuntimeThreshold runtime = sli.runtime();
    if (runtime != null) {
      spec.put("metric", runtime.metric());
      spec.put(PkgsloSpec.THRESHOLD, new PlainNumber(runtime.above()));
      if (runtime.slices() > 1) {
        spec.put("slices", runtime.slices());
      }
    }
    if (sli.selector().above() != null) {
      spec.put(PkgsloSpec.THRESHOLD, new PlainNumber(sli.selector().above()));
    }
    if (!sli.selector().labels().isEmpty()) {
      spec.put(
          "labels",
          sli.selector().labels().stream()
              .map(label -> label.path() + " as " + label.name())
              .toList());
    }
    return spec;
  }

  private static void putBounds(Map<String, Object> spec, String key, List<Duration> bounds) {
    if (!bounds.isEmpty()) {
      spec.put(key, bounds.stream().map(Durations::thresholdText).toList());
    }
  }

  private static void putGlob(Map<String, Object> spec, String key, String glob) {
    if (!glob.equals(EVERYTHING)) {
      spec.put(key, glob);
    }
  }

  private static Map<String, Object> source(String type, Map<String, Object> spec) {
    Map<String, Object> source = new LinkedHashMap<>();
    source.put("type", type);
    source.put("spec", spec);
    return Map.of("metricSource", source);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/**
 * What the metric source of type {@code pkgslo} asks for.
 *
 * @param threshold null where the source has none
 */
record PkgsloSource(Slo.Sli sli, String service, String goPackage, @Nullable Duration threshold) {
  static final String TYPE = "pkgslo";
  static final String THRESHOLD = "threshold";

  private static final List<Slo.Sli> COUNTED =
      List.of(Slo.Sli.INIT_LATENCY, Slo.Sli.PANIC_RATE, Slo.Sli.AVAILABILITY, Slo.Sli.LATENCY);
  private static final String EVERYTHING = "*";
  private static final Pattern GLOB = Pattern.compile("[^?\\[\\]{}\\\\\\p{Cntrl}]{1,512}");

  /** Reads {@code key}, a mapping with one {@code metricSource}; null when it is not valid. */
  static @Nullable PkgsloSource of(YamlMap parent, String key) {
    YamlMap metric =
        parent.requiredMap(key, "a mapping with a metricSource of type pkgslo", "metricSource");
    YamlMap source =
        metric == null
            ? null
            : metric.requiredMap(
                "metricSource", "one of type pkgslo", "metricSourceRef", "type", "spec");
    if (source == null) {
      return null;
    }
    int before = source.problems().all().errors();
    checkType(source);
    YamlMap spec =
        source.requiredMap("spec", "a mapping with sli", "sli", "service", "package", THRESHOLD);
    if (spec == null) {
      return null;
    }
    Slo.Sli sli = sli(spec);
    String service = glob(spec, "service");
    String goPackage = glob(spec, "package");
    Duration threshold = threshold(spec, sli);
    return sli == null || source.problems().all().errors() > before
        ? null
        : new PkgsloSource(sli, service, goPackage, threshold);
  }

  private static void checkType(YamlMap source) {
    if (source.has("metricSourceRef")) {
      source
          .problems()
          .error(
              source.at("metricSourceRef"),
              "'metricSourceRef' is not supported yet, expected type: pkgslo");
    }
    String type = source.requiredText("type", TYPE);
    if (type != null && !type.equals(TYPE)) {
      source
          .problems()
          .error(source.at("type"), "type is " + YamlMap.quote(type) + ", expected " + TYPE);
    }
  }

  private static Slo.@Nullable Sli sli(YamlMap spec) {
    String expected =
        "one of " + COUNTED.stream().map(PkgsloSource::word).collect(Collectors.joining(", "));
    String word = spec.requiredText("sli", expected);
    if (word == null) {
      return null;
    }
    for (Slo.Sli sli : COUNTED) {
      if (word(sli).equals(word)) {
        return sli;
      }
    }
    spec.problems()
        .error(spec.at("sli"), "sli is " + YamlMap.quote(word) + ", expected " + expected);
    return null;
  }

  /** How an SLI is spelled in a file. */
  static String word(Slo.Sli sli) {
    return sli.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String glob(YamlMap spec, String key) {
    String glob = spec.text(key);
    if (glob != null && !GLOB.matcher(glob).matches()) {
      spec.problems()
          .error(
              spec.at(key),
              key
                  + " is "
                  + YamlMap.quote(glob)
                  + ", expected a name in which only * stands for others");
    }
    return glob == null ? EVERYTHING : glob;
  }

  private static @Nullable Duration threshold(YamlMap spec, Slo.@Nullable Sli sli) {
    String text = spec.text(THRESHOLD);
    if (text == null) {
      return null;
    }
    Duration threshold = Durations.threshold(text);
    if (threshold == null) {
      spec.problems()
          .error(
              spec.at(THRESHOLD),
              "threshold is " + YamlMap.quote(text) + ", expected such as 500us, 128ms or 2s");
    } else if (sli != null && !sli.isLatency()) {
      spec.problems().error(spec.at(THRESHOLD), word(sli) + " has a threshold, expected none");
    } else if (sli != null) {
      checkThreshold(sli, threshold, spec.at(THRESHOLD), spec.problems());
    }
    return threshold;
  }

  /** Reports a threshold that the SLI cannot be counted with. */
  static void checkThreshold(Slo.Sli sli, Duration threshold, Node at, FileProblems problems) {
    if (threshold.isZero() || threshold.compareTo(Durations.LONGEST_THRESHOLD) > 0) {
      problems.error(
          at, "threshold is " + YamlMap.describe(at) + ", expected more than 0 and up to a day");
    } else if (sli == Slo.Sli.LATENCY && !Durations.isBucketBound(threshold)) {
      problems.error(
          at,
          "threshold is "
              + YamlMap.describe(at)
              + ", expected a bound of the duration buckets: "
              + Durations.bucketBounds());
    }
  }
}

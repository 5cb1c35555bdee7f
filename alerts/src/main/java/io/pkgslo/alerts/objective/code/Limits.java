// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.code;

import io.pkgslo.alerts.objective.DurationBounds;
import io.pkgslo.alerts.objective.DurationLists;
import io.pkgslo.alerts.objective.PackageSli;
import io.pkgslo.alerts.objective.RuntimeThreshold;
import io.pkgslo.alerts.objective.Slo;
import io.pkgslo.alerts.objective.Thresholds;
import io.pkgslo.alerts.objective.yaml.YamlMap;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** The limits under {@code traffic.slo} and {@code health}. */
final class Limits {
  /**
   * One limit.
   *
   * @param suffix of the objective's id
   */
  record Limit(String suffix, PackageSli source, BigDecimal target, Node at) {}

  private static final Pattern PERCENTILE = Pattern.compile("p([0-9]{1,2}(?:\\.[0-9]{1,4})?)");
  private static final Pattern INIT = Pattern.compile("init-" + PERCENTILE.pattern());
  private static final Pattern PERCENT = Pattern.compile("([0-9]{1,2}(?:\\.[0-9]{1,8})?)\\s*%");
  private static final Pattern BYTES =
      Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,3})?)\\s*(B|kB|MB|GB|KiB|MiB|GiB)");
  private static final Map<String, Long> BYTE_UNITS =
      Map.of(
          "B", 1L,
          "kB", 1_000L,
          "MB", 1_000_000L,
          "GB", 1_000_000_000L,
          "KiB", 1L << 10,
          "MiB", 1L << 20,
          "GiB", 1L << 30);
  private static final String BUCKETS = "buckets";
  private static final String BREACHES = "breaches";
  private static final String INIT_BUCKETS = "init-buckets";
  private static final String INIT_BREACHES = "init-breaches";
  private static final Set<String> INIT_BOUNDS = Set.of(INIT_BUCKETS, INIT_BREACHES);
  private static final BigDecimal PER_10K = BigDecimal.valueOf(10_000);

  /** Of slices: one in a hundred may break a runtime limit. */
  private static final BigDecimal RUNTIME_TARGET = new BigDecimal("0.99");

  /** The heap breathes with each collection, so one slice says little. */
  private static final int HEAP_SLICES = 3;

  private final String service;
  private final String goPackage;
  private final List<Limit> limits = new ArrayList<>();

  /** Bounds of time that are asked for, until a percentile takes them. */
  private final Map<Slo.Sli, Asked> asked = new EnumMap<>(Slo.Sli.class);

  Limits(String service, String goPackage) {
    this.service = service;
    this.goPackage = goPackage;
  }

  /** All that are valid; the others are reported. */
  List<Limit> read(YamlMap map) {
    YamlMap traffic = map.map("traffic", "slo", BUCKETS, BREACHES);
    if (traffic != null) {
      ask(Slo.Sli.LATENCY, traffic, BUCKETS, BREACHES);
      traffic.required("slo", "limits such as p99: 200ms");
      open(traffic, "slo").forEach(this::traffic);
    }
    List<Entry> health = map.has("health") ? open(map, "health") : List.of();
    if (!health.isEmpty()) {
      ask(Slo.Sli.INIT_LATENCY, health.get(0).map(), INIT_BUCKETS, INIT_BREACHES);
    }
    health.stream().filter(entry -> !INIT_BOUNDS.contains(entry.key())).forEach(this::health);
    asked.forEach((sli, left) -> left.refuse());
    if (!map.has("traffic") && !map.has("health")) {
      map.problems().error(map.node(), "no limits, expected traffic or health");
    }
    return limits;
  }

  private record Entry(YamlMap map, String key) {}

  /**
   * Bounds that wait for their percentile.
   *
   * @param key one of those that ask for them
   */
  private record Asked(DurationBounds bounds, YamlMap map, String key) {
    void refuse() {
      map.error(key, map.name(key) + " without a percentile, expected one such as p99 as well");
    }
  }

  private void ask(Slo.Sli sli, YamlMap map, String buckets, String breaches) {
    if (map.has(buckets) || map.has(breaches)) {
      DurationBounds bounds =
          new DurationBounds(
              DurationLists.buckets(map, buckets), DurationLists.breaches(map, breaches));
      asked.put(sli, new Asked(bounds, map, map.has(buckets) ? buckets : breaches));
    }
  }

  /** The first percentile has them: more would be the same series once more. */
  private DurationBounds taken(Slo.Sli sli) {
    Asked first = asked.remove(sli);
    return first == null ? DurationBounds.NONE : first.bounds();
  }

  private static List<Entry> open(YamlMap parent, String key) {
    Node value = parent.get(key);
    YamlMap map = value == null ? null : YamlMap.open(value, parent.name(key), parent.problems());
    return map == null
        ? List.of()
        : map.values().keySet().stream().map(name -> new Entry(map, name)).toList();
  }

  private void traffic(Entry entry) {
    Matcher percentile = PERCENTILE.matcher(entry.key());
    if (percentile.matches()) {
      latency(entry, Slo.Sli.LATENCY, percentile.group(1));
    } else if (entry.key().equals("error-rate")) {
      errorRate(entry);
    } else {
      unknown(entry, "a percentile such as p99, or error-rate");
    }
  }

  private void health(Entry entry) {
    Matcher percentile = INIT.matcher(entry.key());
    if (percentile.matches()) {
      latency(entry, Slo.Sli.INIT_LATENCY, percentile.group(1));
      return;
    }
    switch (entry.key()) {
      case "panics-per-10k" -> panics(entry);
      case "goroutines" -> runtime(entry, "go.goroutine.count", number(entry), 1);
      case "heap" -> runtime(entry, "go.memory.used", bytes(entry), HEAP_SLICES);
      case "gc-pause" -> runtime(entry, "go.memory.gc.pause.total", seconds(entry), 1);
      default ->
          unknown(
              entry,
              "init-p95, init-buckets, init-breaches, panics-per-10k, goroutines, heap or gc-pause");
    }
  }

  private static void unknown(Entry entry, String expected) {
    entry
        .map()
        .error(
            entry.key(), "unknown limit " + YamlMap.quote(entry.key()) + ", expected " + expected);
  }

  private void latency(Entry entry, Slo.Sli sli, String percentile) {
    Duration threshold = Thresholds.duration(entry.map(), entry.key());
    BigDecimal target = new BigDecimal(percentile).movePointLeft(2);
    if (threshold != null && target.signum() > 0) {
      PackageSli source = PackageSli.of(sli, service, goPackage, threshold);
      add(entry, source.withDurations(taken(sli)), target);
    } else if (threshold != null) {
      unknown(entry, "a percentile of more than 0");
    }
  }

  private void errorRate(Entry entry) {
    String text = entry.map().scalar(entry.key(), "a share such as 0.1%");
    Matcher percent = PERCENT.matcher(text == null ? "" : text);
    if (text == null) {
      return;
    }
    BigDecimal rate =
        percent.matches() ? new BigDecimal(percent.group(1)).movePointLeft(2) : BigDecimal.ZERO;
    if (rate.signum() == 0) {
      entry
          .map()
          .unexpected(entry.key(), "a share of more than 0 and less than 100%, such as 0.1%");
      return;
    }
    PackageSli source = PackageSli.of(Slo.Sli.AVAILABILITY, service, goPackage, null);
    add(entry, source, BigDecimal.ONE.subtract(rate));
  }

  private void panics(Entry entry) {
    BigDecimal rate = number(entry);
    if (rate != null && (rate.signum() == 0 || rate.compareTo(PER_10K) >= 0)) {
      entry.map().unexpected(entry.key(), "more than 0 and less than 10000");
    } else if (rate != null) {
      PackageSli source = PackageSli.of(Slo.Sli.PANIC_RATE, service, goPackage, null);
      add(entry, source, BigDecimal.ONE.subtract(rate.movePointLeft(4)));
    }
  }

  private void runtime(Entry entry, String metric, @Nullable BigDecimal above, int slices) {
    if (above != null) {
      // Of a whole process: its packages share one runtime.
      add(
          entry,
          new PackageSli(
              Slo.Sli.RUNTIME,
              service,
              "*",
              "*",
              Set.of(),
              false,
              null,
              new RuntimeThreshold(metric, above, slices)),
          RUNTIME_TARGET);
    }
  }

  private static @Nullable BigDecimal number(Entry entry) {
    return entry.map().number(entry.key());
  }

  private static @Nullable BigDecimal bytes(Entry entry) {
    String expected = "a size such as 800MB";
    String text = entry.map().scalar(entry.key(), expected);
    Matcher bytes = BYTES.matcher(text == null ? "" : text);
    if (text != null && !bytes.matches()) {
      entry.map().unexpected(entry.key(), expected);
    }
    return text == null || !bytes.matches()
        ? null
        : new BigDecimal(bytes.group(1))
            .multiply(BigDecimal.valueOf(BYTE_UNITS.getOrDefault(bytes.group(2), 1L)));
  }

  private static @Nullable BigDecimal seconds(Entry entry) {
    Duration pause = Thresholds.duration(entry.map(), entry.key());
    return pause == null ? null : BigDecimal.valueOf(pause.toNanos(), 9);
  }

  private void add(Entry entry, PackageSli source, BigDecimal target) {
    String suffix = entry.key().replace('.', '-');
    limits.add(new Limit(suffix, source, target, entry.map().at(entry.key())));
  }
}

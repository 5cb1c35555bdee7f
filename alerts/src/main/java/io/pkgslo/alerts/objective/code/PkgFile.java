// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.code;

import io.pkgslo.alerts.objective.Alerting;
import io.pkgslo.alerts.objective.Budgeting;
import io.pkgslo.alerts.objective.BurnTier;
import io.pkgslo.alerts.objective.Durations;
import io.pkgslo.alerts.objective.Notes;
import io.pkgslo.alerts.objective.Slo;
import io.pkgslo.alerts.objective.WindowLabel;
import io.pkgslo.alerts.objective.openslo.OpenSloReader.Placed;
import io.pkgslo.alerts.objective.yaml.FileProblems;
import io.pkgslo.alerts.objective.yaml.YamlMap;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** The short form of objectives, {@code pkg.yaml} in the folder of a Go package. */
public final class PkgFile {
  private static final Duration PERIOD = Duration.ofDays(7);
  private static final BigDecimal LEAST_FACTOR = new BigDecimal("0.9");
  private static final Pattern GLOB = Pattern.compile("[^?\\[\\]{}\\\\\\p{Cntrl}]{1,512}");
  private static final Pattern URL = Pattern.compile("https?://[^\\s\"'<>{}`\\p{Cntrl}]+");

  private final GoModules modules = new GoModules();

  /** True for the names that the short form has. */
  public static boolean isOne(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.equals("pkg.yaml") || name.equals("pkg.yml");
  }

  /** The objectives of one document; what is not valid is reported. */
  public List<Placed> read(Node node, FileProblems problems, Path file) {
    int before = problems.all().errors();
    YamlMap map =
        YamlMap.of(
            node,
            YamlMap.ROOT,
            problems,
            "name",
            "service",
            "package",
            "owner",
            "runbook",
            "period",
            "traffic",
            "health");
    if (map == null) {
      return List.of();
    }
    String service = glob(map, "service");
    String goPackage = goPackage(map, file);
    String name = name(map, goPackage);
    Duration period = period(map);
    Notes notes = notes(map, service);
    List<Limits.Limit> limits = new Limits(service, goPackage).read(map);
    List<Placed> placed = new ArrayList<>();
    for (Limits.Limit limit : limits) {
      String id = name == null ? "" : name + "-" + limit.suffix();
      if (!Slo.isId(id)) {
        problems.error(
            limit.at(), "the objective is called '" + id + "', expected up to 63: give it a name");
      } else if (problems.all().errors() == before) {
        Alerting alerting = alerting(limit, period, problems);
        Slo slo = slo(id, limit, period, alerting, notes);
        placed.add(new Placed(id, slo, limit.at(), problems));
      }
    }
    return problems.all().errors() == before ? placed : List.of();
  }

  private static Slo slo(
      String id, Limits.Limit limit, Duration period, Alerting alerting, Notes notes) {
    return new Slo(
        id,
        id,
        limit.source(),
        limit.target(),
        period,
        null,
        Budgeting.OCCURRENCES,
        alerting,
        List.of(),
        notes);
  }

  private static String glob(YamlMap map, String key) {
    String glob = map.text(key);
    if (glob != null && !GLOB.matcher(glob).matches()) {
      map.unexpected(key, "a name in which only * stands for others");
    }
    return glob == null ? "*" : glob;
  }

  private String goPackage(YamlMap map, Path file) {
    if (map.has("package")) {
      return glob(map, "package");
    }
    Path folder = file.toAbsolutePath().getParent();
    String path = folder == null ? null : modules.importPath(folder);
    if (path == null) {
      map.problems().error(map.node(), "no 'package' and no go.mod above, expected either of them");
      return "*";
    }
    return path;
  }

  /** Of the last part of the import path, unless the file has another. */
  private static @Nullable String name(YamlMap map, String goPackage) {
    String name = map.text("name");
    if (name == null) {
      String last = goPackage.substring(goPackage.lastIndexOf('/') + 1);
      return last.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
    }
    if (!Slo.isId(name)) {
      map.unexpected("name", "1 to 63 lower-case letters, digits and dashes");
      return null;
    }
    return name;
  }

  private static Duration period(YamlMap map) {
    String text = map.text("period");
    Duration period = text == null ? PERIOD : Durations.window(text);
    if (period == null
        || period.compareTo(Duration.ofMinutes(1)) < 0
        || period.compareTo(Slo.LONGEST_PERIOD) > 0) {
      map.unexpected("period", Durations.expectedWindow(true) + ", from 1m to 90d");
      return PERIOD;
    }
    return period;
  }

  private static Notes notes(YamlMap map, String service) {
    String runbook = map.text("runbook");
    if (runbook != null && !URL.matcher(runbook).matches()) {
      map.unexpected("runbook", "an http or https URL");
    }
    return new Notes(
        service.equals("*") ? null : service, null, map.text("owner"), runbook, Map.of(), Map.of());
  }

  /** The usual tiers without those that could never fire, or would within the budget. */
  private static Alerting alerting(Limits.Limit limit, Duration period, FileProblems problems) {
    List<BurnTier> tiers = new ArrayList<>();
    for (BurnTier tier : BurnTier.defaultsFor(period)) {
      boolean fires = tier.reachable(limit.target(), period);
      if (fires && tier.factor(period).compareTo(LEAST_FACTOR) >= 0) {
        tiers.add(tier);
      } else {
        problems.warning(
            limit.at(),
            "the tier of "
                + WindowLabel.of(tier.longWindow())
                + (fires ? " would fire within the budget" : " can never fire with this target")
                + " and is left out, expected "
                + (fires ? "a longer period" : "a stricter limit"));
      }
    }
    return Alerting.of(tiers);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules of other tools: when those of Sloth 0.16 and Pyrra 0.10 fire, written down from their
 * documentation and source; or, where {@code -Dpkgslo.sloth=PATH} or {@code -Dpkgslo.pyrra=PATH}
 * names the tool, what it generates.
 */
final class ForeignRules {
  private static final YAMLMapper YAML = new YAMLMapper();

  private ForeignRules() {}

  /** One tier of Pyrra at its window. */
  private record PyrraTier(
      String severity, String holdFor, String shorter, String longer, int factor) {}

  /**
   * Sloth at 30 days: the page of two tiers, and the ticket of two.
   *
   * @param ratio of errors, with {@code $w} for the window
   */
  static String sloth(String alert, String ratio, String budget, String page, String ticket) {
    return file(
        List.of(
            alert(
                alert,
                "("
                    + both(ratio, budget, "14.4", "5m", "1h")
                    + ") or ("
                    + both(ratio, budget, "6", "30m", "6h")
                    + ")",
                null,
                page,
                ""),
            alert(
                alert,
                "("
                    + both(ratio, budget, "3", "2h", "1d")
                    + ") or ("
                    + both(ratio, budget, "1", "6h", "3d")
                    + ")",
                null,
                ticket,
                "")));
  }

  private static final List<PyrraTier> PYRRA_FOUR_WEEKS =
      List.of(
          new PyrraTier("critical", "2m", "5m", "1h", 14),
          new PyrraTier("critical", "15m", "30m", "6h", 7),
          new PyrraTier("warning", "1h", "2h", "1d", 2),
          new PyrraTier("warning", "3h", "6h", "4d", 1));

  /** Pyrra at 4 weeks: an alert for each tier, and one for each absent metric. */
  static String pyrraFourWeeks(String ratio, String budget, String absentFor, String... metrics) {
    return pyrra(PYRRA_FOUR_WEEKS, ratio, budget, absentFor, metrics);
  }

  /** Pyrra at 4 weeks over a native histogram: an alert for each tier and none besides. */
  static String pyrraNative(String ratio, String budget) {
    return file(burning(PYRRA_FOUR_WEEKS, ratio, budget));
  }

  /** Pyrra at a week: a quarter of the windows, to the minute. */
  static String pyrraOneWeek(String ratio, String budget, String absentFor, String... metrics) {
    return pyrra(
        List.of(
            new PyrraTier("critical", "1m", "1m", "15m", 14),
            new PyrraTier("critical", "4m", "8m", "90m", 7),
            new PyrraTier("warning", "15m", "30m", "6h", 2),
            new PyrraTier("warning", "45m", "90m", "1d", 1)),
        ratio,
        budget,
        absentFor,
        metrics);
  }

  private static String pyrra(
      List<PyrraTier> tiers, String ratio, String budget, String absentFor, String... metrics) {
    List<Map<String, Object>> rules = burning(tiers, ratio, budget);
    // Where there are two metrics, each has an alert of its own.
    for (String one : metrics) {
      rules.add(alert("SLOMetricAbsent", "absent(" + one + ") == 1", absentFor, "critical", one));
    }
    return file(rules);
  }

  private static List<Map<String, Object>> burning(
      List<PyrraTier> tiers, String ratio, String budget) {
    List<Map<String, Object>> rules = new ArrayList<>();
    for (PyrraTier tier : tiers) {
      String above = Integer.toString(tier.factor());
      rules.add(
          alert(
              "ErrorBudgetBurn",
              both(ratio, budget, above, tier.shorter(), tier.longer()),
              tier.holdFor(),
              tier.severity(),
              tier.longer()));
    }
    return rules;
  }

  private static String both(
      String ratio, String budget, String factor, String shorter, String longer) {
    String above = " > " + factor + " * " + budget;
    return "("
        + ratio.replace("$w", shorter)
        + ")"
        + above
        + " and ("
        + ratio.replace("$w", longer)
        + ")"
        + above;
  }

  private static Map<String, Object> alert(
      String name, String expr, @Nullable String holdFor, String severity, String longer) {
    Map<String, Object> rule = new LinkedHashMap<>();
    rule.put("alert", name);
    rule.put("expr", expr);
    if (holdFor != null) {
      rule.put("for", holdFor);
    }
    rule.put("labels", Map.of("severity", severity, "long", longer));
    return rule;
  }

  private static String file(List<Map<String, Object>> rules) {
    try {
      return YAML.writeValueAsString(
          Map.of("groups", List.of(Map.of("name", "theirs", "rules", rules))));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** True when the tool that writes such files is at hand. */
  static boolean hasTool(String spec) {
    return System.getProperty(property(spec)) != null;
  }

  private static String property(String spec) {
    return spec.contains("pyrra.dev/") ? "pkgslo.pyrra" : "pkgslo.sloth";
  }

  /** What the tool itself makes of {@code spec}, as one rule file. */
  static String generated(String spec, Path directory) throws IOException, InterruptedException {
    Path input = Files.writeString(directory.resolve("spec.yaml"), spec);
    Path output = Files.createDirectory(directory.resolve("generated"));
    String tool = System.getProperty(property(spec));
    run(
        directory,
        spec.contains("pyrra.dev/")
            ? List.of(tool, "generate", "--config-files=" + input, "--prometheus-folder=" + output)
            : List.of(tool, "generate", "-i", input.toString(), "-o", output + "/rules.yaml"));
    List<JsonNode> groups = new ArrayList<>();
    try (var files = Files.list(output)) {
      for (Path file : files.sorted().toList()) {
        JsonNode rules = YAML.readTree(file.toFile());
        rules.path("groups").forEach(groups::add);
        rules.path("spec").path("groups").forEach(groups::add);
      }
    }
    return YAML.writeValueAsString(Map.of("groups", groups));
  }

  private static void run(Path directory, List<String> command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.code;

import io.pkgslo.alerts.objective.Durations;
import io.pkgslo.alerts.objective.Severity;
import io.pkgslo.alerts.objective.promql.Promql;
import io.pkgslo.alerts.objective.yaml.Problems;
import io.pkgslo.alerts.objective.yaml.YamlMap;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code @metric} and {@code @alert} from line comments of Go source; for one thread. */
public final class GoAnnotations {
  private static final int MOST_BYTES_PER_FILE = 1 << 20;
  private static final int MOST_CONTINUED = 50;
  private static final Pattern COMMENT = Pattern.compile("^(\\s*//\\s*)(.*)$");
  private static final Pattern START = Pattern.compile("^@(metric|alert)(?![A-Za-z0-9_])(:?)(.*)$");
  private static final List<String> ALERT_OPTIONS =
      List.of("for", "severity", "summary", "runbook");
  private static final List<String> METRIC_OPTIONS = List.of("type", "unit", "labels");
  private static final List<String> TYPES = List.of("counter", "gauge", "histogram", "summary");

  private final GoTree tree;
  private final Problems problems;
  private final GoModules modules = new GoModules();
  private final List<CodeAlert> alerts = new ArrayList<>();
  private final List<CodeMetric> metrics = new ArrayList<>();
  private final Map<String, String> places = new HashMap<>();

  /** Reads all Go files of {@code tree}; what is not valid is reported. */
  public GoAnnotations(GoTree tree, Problems problems) {
    this.tree = tree;
    this.problems = problems;
    tree.go().forEach(this::read);
  }

  /** In the order of files and lines. */
  public List<CodeAlert> alerts() {
    return List.copyOf(alerts);
  }

  /** In the order of files and lines. */
  public List<CodeMetric> metrics() {
    return List.copyOf(metrics);
  }

  private void read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES_PER_FILE + 1);
      if (bytes.length > MOST_BYTES_PER_FILE) {
        problems.warning(
            file.toString(), 1, 1, "more than 1 MiB, expected smaller files: not read");
        return;
      }
      readLines(file, new String(bytes, StandardCharsets.UTF_8).split("\r?\n", -1));
    } catch (IOException e) {
      problems.error(file.toString(), 1, 1, "cannot be read (" + e + "), expected a readable file");
    }
  }

  private void readLines(Path file, String[] lines) {
    GoLines source = new GoLines();
    for (int i = 0; i < lines.length; i++) {
      Matcher comment = COMMENT.matcher(lines[i]);
      Matcher start =
          source.beginsAsCode(lines[i]) && comment.matches()
              ? START.matcher(comment.group(2))
              : null;
      if (start == null || !start.matches()) {
        continue;
      }
      Annotation.Place place =
          new Annotation.Place(file.toString(), i + 1, comment.group(1).length() + 1, problems);
      if (start.group(2).isEmpty()) {
        place.error(
            "@" + start.group(1) + " without a colon, expected @" + start.group(1) + ":Name");
        continue;
      }
      Annotation annotation =
          Annotation.of(start.group(1), continued(lines, i, start.group(3)), place);
      if (annotation != null) {
        add(annotation, file);
      }
    }
  }

  /** A backslash at the end joins the next comment line. */
  private static String continued(String[] lines, int line, String text) {
    StringBuilder all = new StringBuilder();
    String part = text.stripTrailing();
    int last = Math.min(lines.length - 1, line + MOST_CONTINUED);
    for (int i = line; part.endsWith("\\") && i < last; i++) {
      all.append(part, 0, part.length() - 1).append(' ');
      Matcher next = COMMENT.matcher(lines[i + 1]);
      part = next.matches() ? next.group(2).stripTrailing() : "";
    }
    return all.append(part).toString();
  }

  private void add(Annotation annotation, Path file) {
    String key = annotation.word() + " " + annotation.name();
    String place = annotation.place().file() + ":" + annotation.place().line();
    String first = places.putIfAbsent(key, place);
    if (first != null) {
      annotation
          .place()
          .error("another " + key + " stands at " + first + ", expected a name of its own");
      return;
    }
    Path folder = file.toAbsolutePath().getParent();
    String module = folder == null ? null : modules.importPath(folder);
    String goPackage =
        module != null || folder == null
            ? String.valueOf(module)
            : String.valueOf(folder.getFileName());
    String shown =
        tree.root()
            .toAbsolutePath()
            .relativize(file.toAbsolutePath())
            .toString()
            .replace('\\', '/');
    if (annotation.word().equals("alert")) {
      addAlert(annotation, goPackage, shown);
    } else {
      addMetric(annotation, goPackage, shown);
    }
  }

  private void addAlert(Annotation annotation, String goPackage, String file) {
    annotation.refuseOthers(ALERT_OPTIONS);
    Annotation.Place place = annotation.place();
    Map<String, String> options = annotation.options();
    String hold = options.get("for");
    Duration holdFor = hold == null ? CodeAlert.DEFAULT_FOR : Durations.hold(hold);
    if (holdFor == null) {
      place.error(
          "for="
              + YamlMap.quote(hold == null ? "" : hold)
              + ", expected "
              + Durations.EXPECTED_HOLD);
      holdFor = CodeAlert.DEFAULT_FOR;
    }
    String severity = options.get("severity");
    if (severity != null && !Severity.isValid(severity)) {
      place.error("severity=" + YamlMap.quote(severity) + ", expected such as page or warning");
      severity = null;
    }
    String fault =
        annotation.text().isEmpty()
            ? "no expression, expected PromQL behind the name"
            : Promql.alertFault(annotation.text());
    if (fault != null) {
      place.error("the expression of " + annotation.name() + " has " + fault);
    } else if (Promql.hasWindow(annotation.text())) {
      place.error("the expression has " + Promql.WINDOW + ", expected a duration such as 5m");
    }
    alerts.add(
        new CodeAlert(
            annotation.name(),
            annotation.text(),
            holdFor,
            severity == null ? CodeAlert.DEFAULT_SEVERITY : new Severity(severity),
            goPackage,
            file,
            place.line(),
            options.get("summary"),
            options.get("runbook")));
  }

  private void addMetric(Annotation annotation, String goPackage, String file) {
    annotation.refuseOthers(METRIC_OPTIONS);
    Annotation.Place place = annotation.place();
    String name = annotation.name();
    String usual = name.endsWith("_total") ? "counter" : "gauge";
    String type = annotation.options().getOrDefault("type", usual);
    if (!TYPES.contains(type)) {
      place.error("type=" + YamlMap.quote(type) + ", expected one of " + String.join(", ", TYPES));
    }
    if (name.endsWith("_total") != type.equals("counter")) {
      place.warning(name + " is a " + type + ", expected _total at the end of counters only");
    }
    if (annotation.text().isEmpty()) {
      place.error("the metric " + name + " has no text, expected what it counts");
    }
    List<String> labels = new ArrayList<>();
    for (String label : annotation.options().getOrDefault("labels", "").split("[ ,]+", -1)) {
      if (!label.isEmpty() && !label.matches("[a-zA-Z_][a-zA-Z0-9_]*")) {
        place.error("label " + YamlMap.quote(label) + ", expected letters, digits, underscores");
      } else if (!label.isEmpty()) {
        labels.add(label);
      }
    }
    metrics.add(
        new CodeMetric(
            name,
            type,
            annotation.options().getOrDefault("unit", ""),
            labels,
            annotation.text(),
            goPackage,
            file,
            place.line()));
  }
}

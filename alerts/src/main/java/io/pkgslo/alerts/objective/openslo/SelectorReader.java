// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.openslo;

import io.pkgslo.alerts.objective.ItemSelector;
import io.pkgslo.alerts.objective.SeriesLabel;
import io.pkgslo.alerts.objective.Slo;
import io.pkgslo.alerts.objective.yaml.YamlMap;
import io.pkgslo.model.filter.Filter;
import io.pkgslo.model.filter.FilterException;
import io.pkgslo.model.filter.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads {@code filter}, {@code labels} and {@code metric} of a source of type pkgslo. */
final class SelectorReader {
  private static final Pattern METRIC = Pattern.compile("[A-Za-z][A-Za-z0-9_./-]{0,254}");
  private static final Pattern NAMED = Pattern.compile("(?s)(.*\\S)\\s+as\\s+(\\S+)\\s*");
  private static final Pattern LABEL = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");

  /** Labels that series, alerts and scrapes have already. */
  private static final Set<String> TAKEN =
      new TreeSet<>(
          Set.of(
              "alertname",
              "instance",
              "job",
              "le",
              "owner",
              "package",
              "service",
              "severity",
              "slo",
              "slo_breach",
              "tier",
              "version",
              "window"));

  private static final String SELECTABLE = "latency, availability, log and metric only";
  private static final String EXPECTED_LABELS =
      "a list of up to "
          + ItemSelector.MOST_LABELS
          + " attributes such as tenant.id, or 'tenant.id as tenant'";

  private final YamlMap spec;
  private final Slo.Sli sli;

  SelectorReader(YamlMap spec, Slo.Sli sli) {
    this.spec = spec;
    this.sli = sli;
  }

  /** The text of the filter; empty when absent or not valid, and reported. */
  String filter() {
    if (!spec.has("filter") || refused("filter")) {
      return "";
    }
    String text = spec.text("filter");
    if (text == null) {
      return "";
    }
    try {
      for (Path.Field field : Filter.parse(text).fields()) {
        checkField("filter", field);
      }
      return text.strip();
    } catch (FilterException e) {
      spec.problems().error(spec.at("filter"), e.position(), fault("filter", e));
      return "";
    }
  }

  /** Empty when absent or not valid, and reported. */
  List<SeriesLabel> labels() {
    if (!spec.has("labels") || refused("labels")) {
      return List.of();
    }
    List<SeriesLabel> labels = new ArrayList<>();
    Set<String> names = new HashSet<>();
    Node value = spec.at("labels");
    List<Node> elements = value instanceof SequenceNode list ? list.getValue() : List.of(value);
    if (elements.isEmpty() || elements.size() > ItemSelector.MOST_LABELS) {
      spec.error(
          "labels", "'labels' has " + elements.size() + " elements, expected " + EXPECTED_LABELS);
      return List.of();
    }
    for (Node element : elements) {
      SeriesLabel label = label(element);
      if (label != null && !names.add(label.name())) {
        spec.problems()
            .error(element, "the label " + label.name() + " stands twice, expected it once");
      } else if (label != null) {
        labels.add(label);
      }
    }
    return labels;
  }

  private @Nullable SeriesLabel label(Node element) {
    if (!(element instanceof ScalarNode scalar) || scalar.getValue().isBlank()) {
      spec.problems()
          .error(
              element,
              "'labels' has " + YamlMap.describe(element) + ", expected " + EXPECTED_LABELS);
      return null;
    }
    Matcher named = NAMED.matcher(scalar.getValue());
    String text = named.matches() ? named.group(1) : scalar.getValue();
    try {
      Path path = Path.parse(text);
      if (path.scope() == Path.Scope.FIELD) {
        checkField("labels", path.field());
      }
      String name =
          named.matches()
              ? named.group(2)
              : path.key().toLowerCase(Locale.ROOT).replaceAll("[^A-Za-z0-9_]", "_");
      return checkName(element, name) ? new SeriesLabel(name, text.strip()) : null;
    } catch (FilterException e) {
      spec.problems().error(element, e.position(), fault("a label", e));
      return null;
    }
  }

  private boolean checkName(Node element, String name) {
    if (LABEL.matcher(name).matches() && !name.startsWith("__") && !TAKEN.contains(name)) {
      return true;
    }
    spec.problems()
        .error(
            element,
            "the label is called "
                + YamlMap.quote(name)
                + ", expected letters, digits and _, and none of "
                + String.join(", ", TAKEN)
                + ": name it as in 'tenant.id as tenant'");
    return false;
  }

  /** Of logs and metrics; null when absent or not valid, and reported. */
  @Nullable String metric() {
    String metric = spec.text("metric");
    if (metric == null) {
      return null;
    }
    if (sli == Slo.Sli.METRIC && !METRIC.matcher(metric).matches()) {
      spec.unexpected("metric", "the name of an OTLP metric, such as http.server.request.duration");
      return null;
    }
    if (sli == Slo.Sli.LOG) {
      try {
        var unused = Path.parse(metric);
      } catch (FilterException e) {
        spec.problems().error(spec.at("metric"), e.position(), fault("metric", e));
        return null;
      }
    }
    return metric.strip();
  }

  private boolean refused(String key) {
    if (sli.isSelectable()) {
      return false;
    }
    spec.error(
        key,
        PkgsloSpec.word(sli)
            + " has "
            + key
            + ", expected it with "
            + SELECTABLE
            + ": what several reports tell of one event has no attributes of its own");
    return true;
  }

  private void checkField(String key, Path.Field field) {
    Set<Path.Field> known =
        switch (sli) {
          case LOG ->
              EnumSet.of(
                  Path.Field.BODY,
                  Path.Field.EVENT,
                  Path.Field.LOGGER,
                  Path.Field.SEVERITY,
                  Path.Field.SCOPE);
          case LATENCY, AVAILABILITY -> EnumSet.of(Path.Field.NAME, Path.Field.SCOPE);
          case METRIC, INIT_LATENCY, PANIC_RATE, RUNTIME, PROMETHEUS ->
              EnumSet.of(Path.Field.SCOPE);
        };
    if (!known.contains(field)) {
      String word = word(field);
      spec.error(
          key,
          key
              + " asks for the field "
              + word
              + ", which "
              + PkgsloSpec.word(sli)
              + " has not, expected "
              + String.join(", ", known.stream().map(SelectorReader::word).toList())
              + ", or attributes[\""
              + word
              + "\"] for the attribute");
    }
  }

  private static String word(Path.Field field) {
    return field.name().toLowerCase(Locale.ROOT);
  }

  private static String fault(String what, FilterException e) {
    return what + " has a fault at character " + (e.position() + 1) + ": " + e.getMessage();
  }
}

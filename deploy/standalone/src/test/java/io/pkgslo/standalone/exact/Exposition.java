// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.exact;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a scrape in Prometheus' text format says. */
public final class Exposition {
  private static final Pattern SAMPLE =
      Pattern.compile("^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)\\})? (\\S+)$");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_]\\w*)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  /** One line of a scrape. */
  public record Sample(String name, Map<String, String> labels, double value) {}

  private final List<Sample> samples = new ArrayList<>();

  private Exposition() {}

  /** Reads a whole scrape. */
  public static Exposition parse(String text) {
    Exposition exposition = new Exposition();
    text.lines()
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .forEach(line -> exposition.samples.add(sample(line)));
    return exposition;
  }

  private static Sample sample(String line) {
    Matcher sample = SAMPLE.matcher(line);
    if (!sample.matches()) {
      throw new IllegalArgumentException("not a sample: " + line);
    }
    Map<String, String> labels = new HashMap<>();
    if (sample.group(2) != null) {
      Matcher label = LABEL.matcher(sample.group(2));
      while (label.find()) {
        labels.put(label.group(1), label.group(2).replaceAll("\\\\(.)", "$1"));
      }
    }
    return new Sample(sample.group(1), labels, number(sample.group(3)));
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  /** All samples, in their order. */
  public List<Sample> samples() {
    return List.copyOf(samples);
  }

  /** All package series, summed over the labels that do not name the subject. */
  Totals totals() {
    Totals totals = new Totals();
    for (Sample sample : samples) {
      for (Measure measure : Measure.values()) {
        if (measure.sample().equals(sample.name())) {
          totals.add(subject(sample.labels()), measure, sample.value());
        }
      }
    }
    return totals;
  }

  private static Subject subject(Map<String, String> labels) {
    return new Subject(labels.get("service"), labels.get("version"), labels.get("package"));
  }

  /** Samples of a name that have a label. */
  public List<Sample> samples(String name, String label, String value) {
    return samples.stream()
        .filter(sample -> sample.name().equals(name) && value.equals(sample.labels().get(label)))
        .toList();
  }

  /**
   * True when every partition's windows have seen everything up to an event time.
   *
   * @param partitions of our topics
   */
  public boolean isCompleteThrough(long epochMillis, int partitions) {
    List<Sample> watermarks = watermarks();
    return watermarks.size() == partitions
        && watermarks.stream().allMatch(sample -> sample.value() * 1000 >= epochMillis);
  }

  /** How far the partition is whose windows have seen most, epoch milliseconds. */
  public long furthestMillis() {
    return Math.round(1000 * watermarks().stream().mapToDouble(Sample::value).max().orElseThrow());
  }

  private List<Sample> watermarks() {
    return samples("pkgslo_event_time_watermark_seconds", "task", "window");
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.exact;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Sums per subject and measure. What was never added is 0, and 0 is as good as never added. */
final class Totals {
  private final Map<Subject, EnumMap<Measure, Double>> sums = new TreeMap<>();

  void add(Subject subject, Measure measure, double amount) {
    if (amount != 0) {
      sums.computeIfAbsent(subject, s -> new EnumMap<>(Measure.class))
          .merge(measure, amount, Double::sum);
    }
  }

  void count(Subject subject, Measure measure) {
    add(subject, measure, 1);
  }

  double get(Subject subject, Measure measure) {
    EnumMap<Measure, Double> sum = sums.get(subject);
    return sum == null ? 0 : sum.getOrDefault(measure, 0.0);
  }

  /** Sum over all subjects. */
  double get(Measure measure) {
    return sums.keySet().stream().mapToDouble(subject -> get(subject, measure)).sum();
  }

  /** Subjects with anything but 0. */
  List<Subject> subjects() {
    return List.copyOf(sums.keySet());
  }

  /** One line for each number that differs, with both; empty when the two say the same. */
  List<String> differencesFrom(Totals expected) {
    List<String> lines = new ArrayList<>();
    TreeSet<Subject> all = new TreeSet<>(sums.keySet());
    all.addAll(expected.sums.keySet());
    for (Subject subject : all) {
      for (Measure measure : Measure.values()) {
        double is = get(subject, measure);
        double shouldBe = expected.get(subject, measure);
        if (is != shouldBe) {
          lines.add(
              String.format(
                  "%s %s %s: %s is %s, counted offline %s",
                  subject.service(),
                  subject.version(),
                  subject.goPackage(),
                  measure.sample(),
                  number(is),
                  number(shouldBe)));
        }
      }
    }
    return lines;
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  /** A table with a line per subject. */
  @Override
  public String toString() {
    StringBuilder table = new StringBuilder();
    sums.forEach(
        (subject, sum) -> {
          table.append(subject.service()).append(' ').append(subject.version()).append(' ');
          table.append(subject.goPackage());
          sum.forEach(
              (measure, value) ->
                  table.append(' ').append(measure).append('=').append(number(value)));
          table.append('\n');
        });
    return table.toString();
  }
}

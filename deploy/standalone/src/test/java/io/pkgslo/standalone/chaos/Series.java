// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.chaos;

import io.pkgslo.standalone.exact.Exposition;
import java.util.Map;
import java.util.TreeMap;

/** Name and labels of a series, as one text that can be compared. */
record Series(String name, Map<String, String> labels) implements Comparable<Series> {
  Series {
    labels = new TreeMap<>(labels);
  }

  static Series of(Exposition.Sample sample) {
    return new Series(sample.name(), sample.labels());
  }

  static Series of(String name, Subject subject, String... further) {
    Map<String, String> labels = new TreeMap<>();
    labels.put("service", subject.service());
    labels.put("version", subject.version());
    labels.put("package", subject.goPackage());
    for (int i = 0; i < further.length; i += 2) {
      labels.put(further[i], further[i + 1]);
    }
    return new Series(name, labels);
  }

  /** True for what tells of packages and objectives, and not of pkgslo itself. */
  boolean isOfSubject() {
    return labels.containsKey("service") && labels.containsKey("package");
  }

  @Override
  public int compareTo(Series other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return name + labels;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.code;

import java.util.List;

/**
 * A metric that a comment in Go source describes.
 *
 * @param type counter, gauge, histogram or summary
 * @param unit empty when there is none
 * @param labels names, in the order of the comment
 * @param help what it counts, in words
 * @param goPackage import path of the package that it stands in
 * @param file below the root of the tree, with slashes; likewise {@code line}, from 1 on
 */
public record CodeMetric(
    String name,
    String type,
    String unit,
    List<String> labels,
    String help,
    String goPackage,
    String file,
    int line) {
  public CodeMetric {
    labels = List.copyOf(labels);
  }
}

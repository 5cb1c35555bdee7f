// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.yaml;

import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Where the problems of one file go.
 *
 * @param file as it is shown
 */
public record FileProblems(String file, Problems all) {
  /** Reports at the place where a value begins. */
  public void error(Node at, String message) {
    Mark mark = at.getStartMark();
    all.error(file, mark.getLine() + 1, mark.getColumn() + 1, message);
  }

  public void warning(Node at, String message) {
    Mark mark = at.getStartMark();
    all.warning(file, mark.getLine() + 1, mark.getColumn() + 1, message);
  }

  /** The place of a value, to point at it from another. */
  public String placeOf(Node at) {
    Mark mark = at.getStartMark();
    return file + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
  }
}

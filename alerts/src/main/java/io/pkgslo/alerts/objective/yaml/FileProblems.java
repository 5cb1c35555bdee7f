// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.yaml;

import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

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

  /**
   * Reports at a character of a value.
   *
   * @param offset from its first one, from 0; the place is exact where the value stands in the file
   *     as it is, and else its beginning
   */
  public void error(Node at, int offset, String message) {
    Mark start = at.getStartMark();
    Mark end = at.getEndMark();
    int length = at instanceof ScalarNode scalar ? scalar.getValue().length() : -1;
    int written = end.getLine() == start.getLine() ? end.getColumn() - start.getColumn() : -1;
    boolean plain = written == length;
    boolean quoted = written == length + 2;
    int column = start.getColumn() + 1 + (plain ? offset : quoted ? offset + 1 : 0);
    all.error(file, start.getLine() + 1, column, message);
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

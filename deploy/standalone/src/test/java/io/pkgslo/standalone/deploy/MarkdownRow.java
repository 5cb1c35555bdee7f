// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.deploy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A row of a table whose first cell is code.
 *
 * @param heading the last heading above the table, without its number signs
 * @param cells without the blanks around them; an escaped bar is a bar
 */
record MarkdownRow(String heading, List<String> cells) {
  MarkdownRow {
    cells = List.copyOf(cells);
  }

  /** All rows of a Markdown file that begin with code; code blocks are left out. */
  static List<MarkdownRow> of(String path) {
    List<MarkdownRow> rows = new ArrayList<>();
    String heading = "";
    boolean code = false;
    for (String line : SourceTree.text(path).lines().toList()) {
      if (line.startsWith("```")) {
        code = !code;
      } else if (!code && line.startsWith("#")) {
        heading = line.replaceFirst("^#+ ", "");
      } else if (!code && line.startsWith("| `")) {
        rows.add(new MarkdownRow(heading, cells(line)));
      }
    }
    return rows;
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.substring(1, line.lastIndexOf('|')).split("(?<!\\\\)\\|"))
        .map(cell -> cell.replace("\\|", "|").strip())
        .toList();
  }

  /** The first cell without its back quotes. */
  String name() {
    return unquoted(0);
  }

  /** A cell without back quotes around it; cells that are not code come as they are. */
  String unquoted(int cell) {
    String text = cells.get(cell);
    return isCode(cell) ? text.substring(1, text.length() - 1) : text;
  }

  boolean isCode(int cell) {
    return cells.get(cell).matches("`[^`]*`");
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang.log;

import java.util.ArrayList;
import java.util.List;

/** Splits a text into lines, within bounds. */
public final class TextLines {
  /** What is looked at of one text; Go's own buffers for stacks hold 64 KiB. */
  public static final int MAX_CHARS = 1 << 20;

  private static final int MAX_LINES = 20_000;

  private TextLines() {}

  /**
   * The lines without their ends ({@code \n}, {@code \r\n}). A line that holds a stack with its
   * line ends written as a backslash and an n, as quoting loggers do, counts as several.
   */
  public static List<String> of(String text) {
    List<String> lines = new ArrayList<>();
    int end = Math.min(text.length(), MAX_CHARS);
    int from = 0;
    while (from <= end && lines.size() < MAX_LINES) {
      int newline = text.indexOf('\n', from);
      int to = newline < 0 || newline > end ? end : newline;
      add(text.substring(from, to), lines);
      if (to == end) {
        break;
      }
      from = to + 1;
    }
    return lines;
  }

  private static void add(String line, List<String> lines) {
    String bare = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    boolean quotedStack =
        bare.contains("\\n") && (bare.contains(".go:") || bare.contains("goroutine "));
    if (!quotedStack || bare.startsWith("{")) {
      lines.add(bare);
      return;
    }
    StringBuilder part = new StringBuilder();
    for (int i = 0; i < bare.length(); i++) {
      char c = bare.charAt(i);
      char next = c == '\\' && i + 1 < bare.length() ? bare.charAt(++i) : c;
      if (c == '\\' && next == 'n') {
        lines.add(part.toString());
        part.setLength(0);
      } else if (c == '\\' && next == 't') {
        part.append('\t');
      } else {
        part.append(next);
      }
    }
    lines.add(part.toString());
  }
}

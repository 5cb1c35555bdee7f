// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.code;

/**
 * Go source line by line, as far as one has to read it to know where a comment can begin: a line
 * may stand inside of a raw string or of a block comment.
 */
final class GoLines {
  private enum Inside {
    CODE,
    RAW_STRING,
    BLOCK_COMMENT
  }

  private Inside inside = Inside.CODE;

  /** Whether the next line begins as code; {@code line} is read on from there. */
  boolean beginsAsCode(String line) {
    boolean code = inside == Inside.CODE;
    int at = 0;
    while (at < line.length()) {
      at =
          switch (inside) {
            case CODE -> code(line, at);
            case RAW_STRING -> until("`", line, at);
            case BLOCK_COMMENT -> until("*/", line, at);
          };
    }
    return code;
  }

  /** Reads on to the next string or comment and behind its begin, or behind the whole string. */
  private int code(String line, int start) {
    for (int at = start; at < line.length(); at++) {
      char c = line.charAt(at);
      if (line.startsWith("//", at)) {
        return line.length();
      } else if (line.startsWith("/*", at)) {
        inside = Inside.BLOCK_COMMENT;
        return at + 2;
      } else if (c == '`') {
        inside = Inside.RAW_STRING;
        return at + 1;
      } else if (c == '"' || c == '\'') {
        return closing(line, at) + 1;
      }
    }
    return line.length();
  }

  private int until(String end, String line, int start) {
    int found = line.indexOf(end, start);
    if (found < 0) {
      return line.length();
    }
    inside = Inside.CODE;
    return found + end.length();
  }

  /** Where the string ends that begins at {@code start}; none goes beyond its line. */
  private static int closing(String line, int start) {
    int at = start + 1;
    while (at < line.length() && line.charAt(at) != line.charAt(start)) {
      at += line.charAt(at) == '\\' ? 2 : 1;
    }
    return at;
  }
}

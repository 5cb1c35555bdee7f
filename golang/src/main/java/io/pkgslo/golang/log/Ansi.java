// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang.log;

/** Removes what terminals would swallow: colours, cursor movements, carriage returns. */
public final class Ansi {
  private static final char ESCAPE = 0x1b;

  private Ansi() {}

  /** The text without escape sequences and without {@code \r} before a line's end. */
  public static String strip(String text) {
    if (text.indexOf(ESCAPE) < 0 && text.indexOf('\r') < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == ESCAPE) {
        i = endOfSequence(text, i);
      } else {
        boolean lineEnd = i + 1 == text.length() || text.charAt(i + 1) == '\n';
        if (c != '\r' || !lineEnd) {
          out.append(c);
        }
        i++;
      }
    }
    return out.toString();
  }

  /** {@code ESC [ parameters letter}; a lone escape is one character. */
  private static int endOfSequence(String text, int escape) {
    int i = escape + 1;
    if (i >= text.length() || text.charAt(i) != '[') {
      return i;
    }
    i++;
    while (i < text.length() && text.charAt(i) >= 0x20 && text.charAt(i) < 0x40) {
      i++;
    }
    return i < text.length() && text.charAt(i) >= 0x40 && text.charAt(i) < 0x7f ? i + 1 : i;
  }
}

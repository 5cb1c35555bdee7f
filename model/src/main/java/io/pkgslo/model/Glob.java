// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.model;

/**
 * A pattern over a whole value, in which {@code *} is any run of characters and everything else is
 * itself. Matching takes linear space and no backtracking beyond the last star.
 *
 * @param pattern an empty one is the same as {@code *}
 */
public record Glob(String pattern) {
  public Glob {
    if (pattern.isEmpty()) {
      pattern = "*";
    }
  }

  /** True when the pattern takes every value. */
  public boolean matchesEverything() {
    return pattern.chars().allMatch(c -> c == '*');
  }

  public boolean matches(String value) {
    int p = 0;
    int v = 0;
    int star = -1;
    int retry = 0;
    while (v < value.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        retry = v;
      } else if (p < pattern.length() && pattern.charAt(p) == value.charAt(v)) {
        p++;
        v++;
      } else if (star >= 0) {
        p = star + 1;
        v = ++retry;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }
}

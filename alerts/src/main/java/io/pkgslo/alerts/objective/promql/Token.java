// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.promql;

/**
 * A piece of a query.
 *
 * @param text as it is written
 * @param start index of its first character; {@code end} is that after its last
 */
record Token(Kind kind, String text, int start, int end) {
  enum Kind {
    NAME,
    NUMBER,
    DURATION,
    STRING,
    SIGN,
    END
  }

  boolean is(String sign) {
    return kind == Kind.SIGN && text.equals(sign);
  }

  /** A keyword: case does not matter for those. */
  boolean isWord(String word) {
    return kind == Kind.NAME && text.equalsIgnoreCase(word);
  }

  /** For messages. */
  String shown() {
    return kind == Kind.END ? "the end" : "'" + text + "'";
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.model.filter;

/**
 * A word of a filter.
 *
 * @param text what it means: of quoted text what stands between the quotes
 * @param position of its first character, from 0
 */
record Token(Kind kind, String text, int position) {
  /** What a word is. */
  enum Kind {
    /** A key, a field or a word of the grammar. */
    NAME,
    TEXT,
    NUMBER,
    /** A sign, such as {@code ==} or a bracket. */
    SIGN,
    END
  }

  boolean isSign(String sign) {
    return kind == Kind.SIGN && text.equals(sign);
  }

  boolean isWord(String word) {
    return kind == Kind.NAME && text.equals(word);
  }

  /** As messages show it. */
  String shown() {
    return switch (kind) {
      case END -> "the end";
      case TEXT -> "\"" + text + "\"";
      case NAME, NUMBER, SIGN -> "'" + text + "'";
    };
  }
}
